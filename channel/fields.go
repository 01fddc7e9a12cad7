package channel

import (
	"net/url"
	"strconv"

	"github.com/huifang/huifang"
)

// FieldType is how a setting is entered.
type FieldType string

// The types of setting.
const (
	TypeText  FieldType = "text"
	TypeBlock FieldType = "block" // several lines
	TypeURL   FieldType = "url"
	TypePort  FieldType = "port"
)

// mostSetting is the longest setting, in bytes.
const mostSetting = 8000

// Field is one setting of a kind of sender.
type Field struct {
	Name     string
	Type     FieldType
	Label    huifang.Text
	Help     huifang.Text
	Required bool
	Secret   bool // never shown again
	Default  string
	Options  []string // what may be said; empty: anything
}

// Fields are the settings of a kind, in the order they are asked for.
func Fields(kind huifang.SenderKind) []Field {
	secret := Field{Name: "secret", Type: TypeText, Secret: true, Label: huifang.Text{ZH: "加签密钥", EN: "Signing secret"}, Help: huifang.Text{ZH: "机器人启用加签时填写", EN: "where the robot asks for signatures"}}
	robot := Field{Name: "url", Type: TypeURL, Required: true, Secret: true, Label: huifang.Text{ZH: "机器人地址", EN: "Address of the robot"}, Help: huifang.Text{ZH: "在群设置中添加机器人后复制", EN: "copied from the group's settings after a robot was added"}}
	switch kind {
	case huifang.SenderEmail:
		return emailFields()
	case huifang.SenderSMS:
		return gatewayFields()
	case huifang.SenderWeCom:
		return []Field{robot}
	case huifang.SenderDingTalk, huifang.SenderFeishu:
		return []Field{robot, secret}
	case huifang.SenderWebhook:
		return []Field{
			{Name: "url", Type: TypeURL, Required: true, Label: huifang.Text{ZH: "接收地址", EN: "Address"}, Help: huifang.Text{ZH: "以 JSON 发送 id、to、subject、text、lang，返回 2xx 即为成功", EN: "gets id, to, subject, text and lang as JSON; any 2xx is a success"}},
			{Name: "secret", Type: TypeText, Required: true, Secret: true, Label: huifang.Text{ZH: "签名密钥", EN: "Signing secret"}, Help: huifang.Text{ZH: "whsec_ 开头，按 Standard Webhooks 签名", EN: "begins with whsec_; signed as in Standard Webhooks"}},
		}
	}
	return nil
}

func emailFields() []Field {
	return []Field{
		{Name: "host", Type: TypeText, Required: true, Label: huifang.Text{ZH: "SMTP 服务器", EN: "SMTP server"}, Help: huifang.Text{ZH: "如 smtp.exmail.qq.com", EN: "e.g. smtp.exmail.qq.com"}},
		{Name: "port", Type: TypePort, Required: true, Default: "465", Label: huifang.Text{ZH: "端口", EN: "Port"}},
		{Name: "security", Type: TypeText, Required: true, Default: "tls", Options: []string{"tls", "starttls", "none"}, Label: huifang.Text{ZH: "加密方式", EN: "Encryption"}, Help: huifang.Text{ZH: "none 只用于同一机房内的转发服务器", EN: "none only for a relay in the same room"}},
		{Name: "user", Type: TypeText, Label: huifang.Text{ZH: "账号", EN: "User"}},
		{Name: "password", Type: TypeText, Secret: true, Label: huifang.Text{ZH: "密码或授权码", EN: "Password"}},
		{Name: "from", Type: TypeText, Required: true, Label: huifang.Text{ZH: "发件地址", EN: "Sender's address"}},
		{Name: "from_name", Type: TypeText, Label: huifang.Text{ZH: "发件人名称", EN: "Sender's name"}},
	}
}

func gatewayFields() []Field {
	return []Field{
		{Name: "url", Type: TypeURL, Required: true, Label: huifang.Text{ZH: "接口地址", EN: "Address of the gateway"}, Help: huifang.Text{ZH: "可含 ${phone}、${text} 等占位符，自动转义", EN: "may hold ${phone}, ${text} and others, escaped by themselves"}},
		{Name: "method", Type: TypeText, Required: true, Default: "POST", Options: []string{"POST", "GET"}, Label: huifang.Text{ZH: "请求方式", EN: "Method"}},
		{Name: "headers", Type: TypeBlock, Default: "Content-Type: application/x-www-form-urlencoded; charset=utf-8", Label: huifang.Text{ZH: "请求头", EN: "Headers"}, Help: huifang.Text{ZH: "每行一个，如 Authorization: Basic ${account+colon+secret|base64}", EN: "one a line, e.g. Authorization: Basic ${account+colon+secret|base64}"}},
		{Name: "body", Type: TypeBlock, Label: huifang.Text{ZH: "请求内容", EN: "Body"}, Help: huifang.Text{
			ZH: "占位符：phone text id account secret extra unix unixms time；处理：md5 sha1 sha256 hmac_sha256 base64 upper lower gbk raw",
			EN: "placeholders: phone text id account secret extra unix unixms time; filters: md5 sha1 sha256 hmac_sha256 base64 upper lower gbk raw",
		}},
		{Name: "account", Type: TypeText, Label: huifang.Text{ZH: "账号", EN: "Account"}},
		{Name: "secret", Type: TypeText, Secret: true, Label: huifang.Text{ZH: "密码或密钥", EN: "Password or key"}},
		{Name: "extra", Type: TypeText, Label: huifang.Text{ZH: "其他参数", EN: "Another value"}, Help: huifang.Text{ZH: "如模板编号、子账号", EN: "e.g. the number of a template"}},
		{Name: "sign", Type: TypeText, Label: huifang.Text{ZH: "短信签名", EN: "Signature"}, Help: huifang.Text{ZH: "如【青禾物业】，内容未带签名时加在最前", EN: "e.g. 【Qinghe】; put first where the text has none"}},
		{Name: "success", Type: TypeText, Label: huifang.Text{ZH: "成功标志", EN: "Sign of success"}, Help: huifang.Text{ZH: "如 code=0 表示返回 JSON 的 code 为 0；没有等号则为返回内容的开头；不填则 2xx 即成功", EN: "e.g. code=0: the answer's JSON has 0 in code; without =: how the answer begins; empty: any 2xx"}},
		{Name: "ref", Type: TypeText, Label: huifang.Text{ZH: "流水号位置", EN: "Where its number is"}, Help: huifang.Text{ZH: "如 data.msgId，用于对应送达回执", EN: "e.g. data.msgId, to match delivery reports"}},
		{Name: "repeatable", Type: TypeText, Default: "no", Options: []string{"no", "yes"}, Label: huifang.Text{ZH: "网关按 ${id} 去重", EN: "The gateway knows ${id} again"}, Help: huifang.Text{ZH: "选 yes 时，结果不明的短信可重发", EN: "with yes, a message whose fate is unknown is sent again"}},
	}
}

// Preset is the way of a gateway that many use.
type Preset struct {
	Name     huifang.Text
	Settings map[string]string
}

// Presets are settings to start from; accounts and secrets are still to be
// filled in.
func Presets(kind huifang.SenderKind) []Preset {
	if kind != huifang.SenderSMS {
		return nil
	}
	const form, object = "Content-Type: application/x-www-form-urlencoded; charset=utf-8", "Content-Type: application/json; charset=utf-8"
	return []Preset{
		{huifang.Text{ZH: "云片", EN: "Yunpian"}, map[string]string{
			"url": "https://sms.yunpian.com/v2/sms/single_send.json", "method": "POST", "headers": form,
			"body": "apikey=${secret}&mobile=${phone}&text=${text}&uid=${id}", "success": "code=0", "ref": "sid",
		}},
		{huifang.Text{ZH: "创蓝 253", EN: "Chuanglan 253"}, map[string]string{
			"url": "https://smssh1.253.com/msg/v1/send/json", "method": "POST", "headers": object,
			"body": `{"account":"${account}","password":"${secret}","msg":"${text}","phone":"${phone}","uid":"${id}","report":"true"}`, "success": "code=0", "ref": "msgId",
		}},
		{huifang.Text{ZH: "短信宝", EN: "Smsbao"}, map[string]string{
			"url": "https://api.smsbao.com/sms?u=${account}&p=${secret|md5}&m=${phone}&c=${text}", "method": "GET", "headers": "", "body": "", "success": "0",
		}},
		{huifang.Text{ZH: "SUBMAIL 赛邮", EN: "SUBMAIL"}, map[string]string{
			"url": "https://api.mysubmail.com/message/send.json", "method": "POST", "headers": form,
			"body": "appid=${account}&signature=${secret}&to=${phone}&content=${text}&tag=${id}", "success": "status=success", "ref": "send_id",
		}},
	}
}

// webAddress tells an address that a gateway may have. Placeholders stand for
// nothing here.
func webAddress(s string) bool {
	u, err := url.Parse(placeholder().ReplaceAllString(s, "x"))
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func port(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n < 65536
}
