export const zh = {
  title: '重复情况', menu: '重复情况', month: '月份', undecided: '只看待决定', unit: '单位', decision: '决定', opinion: '意见', case: '案件', times: '{{count}} 次',
  detect: '重新检查', detected: '检查完毕，新标记 {{count}} 项', detectedNone: '检查完毕，没有新的重复情况',
  empty: '{{month}}没有重复情况', emptyText: '同一客户、同一资产就同一事项反复发生，达到行业规则的次数时，会在这里标记，由负责人决定。', emptyOpen: '没有待决定的项目',
  major: '列为重大事项', normal: '按一般处理', waiting: '待负责人决定', decide: '作出决定', decideTitle: '对重复情况作出决定', majorHint: '由负责人亲自处理，并立案。', normalHint: '仍按日常流程处理，写明意见。', done: '已保存决定', doneCase: '已列为重大事项，案件 {{number}}', required: '请填写',
  help: '系统按回访方案中的规则查找重复：同一客户、同一资产就同一事项反复发生。\n\n每一项由单位负责人决定：列为重大事项，或者按一般处理。决定写入月统计表。',
};
