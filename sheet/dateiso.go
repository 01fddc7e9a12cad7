package sheet

// isoCivil reads YYYY-MM-DD, with a time of day and an offset or without, as
// machines write it. It is the fast path: no allocation. The parts are not yet
// checked.
func isoCivil(s string) (c civil, ok bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return c, false
	}
	var good [3]bool
	c.year, good[0] = digits(s[:4])
	c.month, good[1] = digits(s[5:7])
	c.day, good[2] = digits(s[8:10])
	if !good[0] || !good[1] || !good[2] {
		return c, false
	}
	if len(s) == 10 {
		return c, true
	}
	if s[10] != ' ' && s[10] != 'T' && s[10] != 't' {
		return c, false
	}
	rest, ok := c.isoClock(s[11:])
	return c, ok && c.isoOffset(rest)
}

// isoClock reads HH:MM, HH:MM:SS and fractions of a second.
func (c *civil) isoClock(s string) (rest string, ok bool) {
	if len(s) < 5 || s[2] != ':' {
		return s, false
	}
	h, ok1 := digits(s[:2])
	m, ok2 := digits(s[3:5])
	if !ok1 || !ok2 || m > 59 {
		return s, false
	}
	c.clock, c.second = true, h*3600+m*60
	return c.isoSeconds(s[5:])
}

func (c *civil) isoSeconds(s string) (rest string, ok bool) {
	if len(s) < 3 || s[0] != ':' {
		return s, true
	}
	sec, ok := digits(s[1:3])
	if !ok || sec > 59 {
		return s, false
	}
	c.second += sec
	s = s[3:]
	if len(s) < 2 || s[0] != '.' && s[0] != ',' {
		return s, true
	}
	i, unit := 1, 100_000_000
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		c.nano += int(s[i]-'0') * unit
		unit /= 10
	}
	return s[i:], i > 1
}

// isoOffset reads the rest of a time: nothing, Z, UTC, +08:00, +0800, +08.
func (c *civil) isoOffset(s string) bool {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	switch s {
	case "":
		return true
	case "Z", "z", "UTC", "GMT", "utc", "gmt":
		c.zoned = true
		return true
	}
	sign := 1
	switch s[0] {
	case '+':
	case '-':
		sign = -1
	default:
		return false
	}
	s = s[1:]
	if len(s) == 5 && s[2] == ':' {
		return c.setOffset(sign, s[:2], s[3:])
	}
	if len(s) == 4 {
		return c.setOffset(sign, s[:2], s[2:])
	}
	return len(s) == 2 && c.setOffset(sign, s, "00")
}

func (c *civil) setOffset(sign int, hours, minutes string) bool {
	h, ok1 := digits(hours)
	m, ok2 := digits(minutes)
	if !ok1 || !ok2 || h > 15 || m > 59 {
		return false
	}
	c.zoned, c.offset = true, sign*(h*3600+m*60)
	return true
}

// digits reads a short run of ASCII digits and nothing else.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
