export const zh = {
  title: '回访表单', menu: '回访表单', one: '回访表单', version: '第 {{n}} 版', preview: '试填', previewHint: '可以试着填写，不会保存。', rules: '怎样算满意', satisfied: '满意', dissatisfied: '不满意', unqualified: '不合格', source: '依据', empty: '还没有表单', emptyText: '启用方案包后，它的表单会在这里。', reset: '清空', versions: '版本', 
  always: '其余情况', atLeast: '得分不低于 {{n}}', below: '得分低于 {{n}}', bands: '等级为 {{bands}}', is: '“{{item}}”{{op}}“{{value}}”', anyOf: '任一：{{all}}', and: '且', or: '或', ops: { eq: '是', ne: '不是', lt: '小于', le: '不大于', gt: '大于', ge: '不小于', in: '属于', answered: '已填写', not_in: '不属于', unanswered: '未填写', other: '{{op}}' },
  help: '回访时填写的表单：问什么、怎样计分、怎样算满意。表单随方案包更新而有新的版本，已完成的回访仍按当时的版本显示。\n\n在这里可以试填，看看每一项的样子，不会保存。',
};
