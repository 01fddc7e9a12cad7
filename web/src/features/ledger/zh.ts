export const zh = {
  title: '台账', menu: '台账', oneTitle: '台账', recordsTitle: '数字背后的回访',
  empty: '启用的行业包没有台账', emptyText: '台账由行业包定义：在“回访方案”中启用行业包后，清单、明细表和小结会出现在这里。',
  period: { day: '每日', week: '每周', month: '每月', quarter: '每季度', year: '每年', all: '全部' },
  today: '今天', earlier: '上一期', later: '下一期', on: '期间',
  reveal: '显示完整电话', revealed: '已显示完整电话，此次查看计入审计', xlsx: '下载 Excel', csv: '下载 CSV', print: '打印',
  records: { number: '编号', customer: '客户', program: '方案', matter: '事由', unit: '单位', lead: '主办人', closes: '截止', done: '回访时间', state: '状态', verdict: '结果', count: '共 {{count}} 条', none: '没有记录' },
  help: '台账是本行业要留存和上交的表：当天的清单、当晚的明细、月度与季度小结、逐户的卡片。内容从回访记录自动取得，不必另填。\n\n点一张表打开，选日期即换期间，右上角下载的 Excel 与屏幕一致，可直接打印签字。',
  oneHelp: '左上角换日期，顶部换单位。点编号打开回访，点客户打开客户，点数字看它数的每一条。\n\n电话默认隐去中间几位；有权限的人可以显示完整号码，查看计入审计。',
  recordsHelp: '这里列出台账中该数字所数的每一条回访，点编号打开。',
};
