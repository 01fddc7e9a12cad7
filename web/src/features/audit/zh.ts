export const zh = {
  title: '审计', menu: '审计', at: '时间', who: '操作者', action: '操作', record: '对象', detail: '内容', seq: '序号', system: '系统', find: '记录编号', what: '操作，如 followup.completed', verify: '校验审计链', sound: '审计链完整：没有记录被修改或删除。', broken: '从第 {{seq}} 条起与原来不符，请立即检查数据库和备份。', verifying: '正在校验……', empty: '没有审计记录', 
  kinds: { contact: '客户', asset: '资产', followup: '回访', case: '诉求', staff: '员工', unit: '单位', role: '角色', program: '方案', pack: '方案包', import: '导入', mapping: '列映射', token: '令牌', organization: '机构', session: '登录', recurrence: '重复诉求', month: '月份', sender: '消息通道', template: '消息模板', webhook: '事件推送' },
  help: '谁在什么时候做了什么：每次修改、查看完整号码、登录和授权变更都有记录。每条记录都含有前一条的校验值，改动或删除任何一条都会被发现。\n\n“校验审计链”从头检查一遍。',
};
