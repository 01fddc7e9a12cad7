export const zh = {
  title: '消息通道', and: '、', menu: '消息通道', create: '新建通道', change: '修改', name: '名称', kind: '方式', takes: '承担的消息', preset: '常用服务商', presetHint: '带出接口地址和格式，再填账号与密钥', active: '启用', on: '已启用', off: '已停用', save: '保存', saved: '已保存', cancel: '取消', remove: '删除', removeAsk: '删除“{{name}}”？', removeText: '之后的消息不再由它发送，已发出的记录保留。', tell: '通知的提醒', tellHint: '选中的提醒会发到这个群', told: '通知：{{what}}', test: '发送测试', testTo: '测试号码', testMail: '测试邮箱', tested: '测试消息已发出', empty: '还没有消息通道', emptyText: '设置短信、邮件或微信接口后，预约短信、问卷链接等会自动发送；没有设置时，系统把内容准备好，由员工人工发送。',
  kinds: { email: '邮件（SMTP）', sms: '短信网关', wecom: '企业微信群', dingtalk: '钉钉群', feishu: '飞书群', webhook: '自有接口' },
  alerts: { followup_late: '回访逾期', outcome_alert: '回访结果需处理', case_opened: '新的诉求', case_reopened: '诉求重新打开', recurrence_flagged: '重复诉求', message_due: '待人工发送的消息', message_failed: '消息未送达', webhook_disabled: '事件推送停用' },
  templates: '消息模板', templatesHint: '方案包和系统自带的内容可以改成自己的说法，也可以恢复。', own: '自定义', revert: '恢复原内容', bodyZh: '中文内容', bodyEn: '英文内容', subjectZh: '邮件标题（中文）', subjectEn: '邮件标题（英文）', placeholders: '占位符写在双花括号里：contact 客户、organization 机构、unit 单位、matter 事项、staff 回访人、link 问卷链接；写成 contact|您好 时，没有姓名就显示“您好”。',
  help: '这里决定消息怎样发出去：短信、邮件、自有的微信接口发给客户；企业微信、钉钉、飞书的群机器人用来提醒员工。\n\n- 客户在免打扰时段内不会收到消息，到时间再发；要求不再联系的客户不会收到。\n- 发送失败会自动重试；最终没有送达时，提醒负责回访的人。\n- 密码和密钥保存后不再显示。',
};
