// Package channel sends: e-mail by SMTP, text messages by any HTTP gateway,
// robots in groups of WeCom, DingTalk and Feishu, and signed HTTP requests. One
// file a medium. A medium knows nothing of follow-ups, keeps no state and never
// tries again by itself: it says how a try ended, and its caller decides.
package channel
