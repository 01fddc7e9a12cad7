export const zh = {
  title: '客户', menu: '客户', one: '客户', create: '新建{{word}}', sheet: '表格编辑', sheetOff: '结束编辑', find: '姓名、编码、电话或地址', kind: '种类', unit: '单位', owner: '负责人', steward: '管家',
  name: '姓名', code: '编码', phones: '电话', email: '电子邮箱', address: '地址', quiet: '免打扰时段', quietHint: '如 21:00-09:00；不填则按机构的规定', silentYes: '请勿联系', attributes: '属性', codeHint: '导入时用来认出同一个人；不填则自动编号',
  phonesHint: '隐藏的号码原样保留即可，不会被改动', empty: '还没有{{word}}', emptyText: '从登记表导入，或者新建一位。', emptyFound: '没有符合条件的{{word}}', emptyFoundText: '换一个条件，或清除筛选。', import: '导入登记表',
  saved: '已保存', created: '已新建', edit: '修改', save: '保存', cancel: '取消', reveal: '查看完整信息', facts: '资料', assets: '名下的{{word}}', noAssets: '没有登记', consent: '联系意愿', consentOk: '可以联系', consentNo: '已要求不再联系，不会再生成回访。',
  silence: '设为请勿联系', unsilence: '恢复联系', silenceTitle: '不再联系{{name}}？', silenceText: '未完成的回访将按免回访结束，以后也不再生成，直到恢复联系。', reason: '原因', silenced_one: '已设为请勿联系，{{count}} 个回访免于进行', silenced_other: '已设为请勿联系，{{count}} 个回访免于进行', unsilenced: '已恢复联系',
  audit: '修改记录', auditBy: '系统', noAudit: '没有修改记录', revealed: '已显示完整信息并记入审计', sheetHint: '点一个格子，或用方向键移动；直接输入即修改，回车保存，Esc 放弃。', none: '未登记',
  change: { created: '新建', updated: '修改资料', revealed: '查看完整信息', do_not_contact: '联系意愿', merged: '合并', imported: '导入', other: '其他变更' },
  assetsTitle: '资产',
  duplicates: {
    title: '重复', find: '查重', intro: '按电话、姓名与住址、相近的号码、编码的不同写法查找。合并前并列对比，合并后旧编码仍可找到。', compare: '对比合并', compareHint: '选择保留哪一方，并逐项选择取值。事件、回访、诉求、资产全部归保留方；合并不可撤销。',
    why: { phone: '电话相同', room: '姓名与住址相同', similar_phone: '姓名相同、电话相近', code: '编码写法不同' }, none: '没有发现重复的{{word}}', noneText: '导入新的登记表之后可以再来看看。', more: '继续查找', withFirst: '与第一位对比', compareTwo: '对比',
    keep: '保留', gone: '并入', swap: '互换', has: '记录', counts: '事件 {{events}} · 回访 {{followups}} · 诉求 {{cases}} · 资产 {{assets}}', both: '两者都要', merge: '合并', apart: '不是同一个', ask: '确定合并吗？', askText: '合并不可撤销。被并入的一方不再单独存在，旧编号和旧链接会转到保留方。',
    done: '已合并：转移事件 {{events}} 个、回访 {{followups}} 个，取消重复回访 {{cancelled}} 个', apartDone: '已记住，不再提示', toldApart: '之前有人标记过：不是同一个。',
  },
  helpDuplicates: '这里列出可能是同一个的客户或资产：电话相同、姓名与住址相同、姓名相同而电话只差一位、编码只是写法不同。\n\n- 点“对比”，左边是保留的一方，右边是并入的一方，可以互换。\n- 逐项选择取哪边的值；电话可以两者都要。\n- 合并后，双方的事件、回访、诉求都在一起，做过的不会再做，重复安排的只留一个；旧编码和旧链接仍然有效。\n- 确实不是同一个时，点“不是同一个”，以后不再提示。',
  help: '这里是全部客户。可以按姓名、编码、电话、地址查找，按单位、种类和负责人筛选；筛选条件在网址里，可以收藏或发给同事。\n\n- 右下角“显示列”可以选择看哪些列。\n- “表格编辑”打开后可以像电子表格一样直接修改：方向键移动，回车修改和保存，Esc 放弃；别人同时改了会让您选择保留哪一份。\n- 电话号码是隐藏的，有权限的人可以查看，每次查看都会记入审计。',
  helpOne: '一位客户的全部情况：资料、联系意愿、名下的资产，以及按时间排列的服务事件、回访和诉求。\n\n- 每个事件都可以点“为什么”，看到它生成了哪些回访、没有生成哪些、依据是什么。\n- 客户要求不再联系时，设为“请勿联系”：未完成的回访免于进行，以后不再生成。',
};
