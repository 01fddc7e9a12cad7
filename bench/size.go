package main

// sizes are how much work each figure does.
type sizes struct {
	households   int // customers of the property year
	engineEvents int // service events of it
	exportRows   int
}

// full are the sizes that are demanded.
func full() sizes {
	return sizes{households: 4_000, engineEvents: 20_000, exportRows: 100_000}
}

// small are enough to see that everything runs.
func small() sizes {
	return sizes{households: 400, engineEvents: 500, exportRows: 300}
}
