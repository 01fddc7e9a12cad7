export const zh = {
  title: '记录抽查', menu: '记录抽查', oneTitle: '抽查',
  draw: '抽取记录', drawTitle: '随机抽取回访记录', from: '回访日期', by: '抽取方式', percent: '按比例', count: '按份数', percentOf: '每个部门的百分之', countOf: '每个部门的份数', unit: '单位', seed: '种子（可不填）', seedHint: '同一种子对同一批记录抽出同样的样本；不填则自动生成并保存。', required: '请填写', drawn: '已抽取 {{count}} 份',
  empty: '还没有抽查', emptyText: '按比例或份数从各部门已完成的回访记录中随机抽取，逐份填写意见；发现的问题自动立案。',
  list: { period: '回访日期', unit: '单位', all: '全部单位', size: '抽取', sizeOf: '{{population}} 份中抽 {{size}} 份', progress: '已查', faults: '问题', seed: '种子', drawn: '抽取时间' },
  item: { department: '部门', number: '编号', customer: '客户', program: '方案', done: '回访时间', lead: '回访人', result: '结论', opinion: '意见', checked: '{{name}} {{at}}' },
  result: { sound: '符合要求', fault: '存在问题', open: '待查' },
  check: '填写意见', checkTitle: '抽查意见', opinion: '意见', opinionHint: '写明与制度不符之处；存在问题的将立案交负责人整改。', saved: '已保存', case: '案件', xlsx: '下载 Excel', none: '该期间没有可抽查的记录',
  help: '抽查由系统按种子随机抽取，每个部门分别抽，任何人用同一种子都能重现同样的样本。\n\n- 按比例抽时，每个部门向上取整，至少一份。\n- 自己办理的回访不能自己查。\n- 存在问题的，写明意见后自动立案。',
  oneHelp: '逐份打开回访核对，再填写意见。可以下载抽查表打印签字。',
};
