export const zh = {
  title: '统计', menu: '统计', monthTitle: '回访月统计表', monthMenu: '月统计表', recordsTitle: '数字背后的回访',
  month: '月份', empty: '{{month}}没有应回访的记录', emptyText: '回访按时限截止日归入月份。',
  figure: { due: '应回访', done: '已回访', on_time: '按时', late: '逾期完成', overdue: '逾期', open: '未回访', open_late: '逾期仍未回访', unreachable: '无法联系', waived: '免回访', satisfied: '满意', dissatisfied: '不满意', unqualified: '不合格', rate: '回访率', satisfaction: '满意率' },
  tile: { rate: '回访率', satisfaction: '满意率', overdue: '逾期', unreachable: '无法联系', unhappy: '不满意与不合格', recurrences: '重复情况', doneOf: '{{done}} / {{due}} 件', answered: '{{count}} 人作答', lateDone: '其中逾期完成 {{late}}，仍未回访 {{open}}', ofDue: '占应回访 {{share}}', undecided: '{{count}} 项待决定', noneOpen: '都已决定', change: '比上月 {{change}}', belowTarget: '{{count}} 个方案未达标', allTargets: '全部达标', points: '{{sign}}{{points}} 个百分点' },
  trend: '近十二个月', byProgram: '按方案', byUnit: '按单位', byStaff: '按员工', program: '回访方案', unit: '单位', staff: '员工', target: '目标', notMet: '未达标', noTarget: '不设目标', unassigned: '未分派',
  sheetOpen: '月统计表', png: '下载图片', xlsx: '下载 Excel', export: '导出', exportRecords: '本月回访明细（Excel）', exportRecordsCSV: '本月回访明细（CSV）', exportSheet: '月统计表（Excel）', exportShown: '本页表格（CSV）',
  freeze: '月结', freezeTitle: '{{month}}月结？', freezeText: '结账后这张表不再变动，之后的更正作为重述另列。未到月末不能结账。', frozenNow: '已月结', closed: '已结月份 {{date}}', live: '未结', print: '打印',
  records: { number: '编号', customer: '客户', program: '方案', matter: '事由', unit: '单位', lead: '主办人', closes: '截止', done: '回访时间', state: '状态', verdict: '结果', all: '全部单位', nobody: '未分派', empty: '没有记录',  },
  help: '数字按时限截止日归入月份。\n\n- 应回访＝已回访＋未回访＋无法联系＋免回访；回访率＝已回访÷（应回访－免回访）。\n- 满意率＝满意÷（满意＋不满意＋不合格），无法联系不算满意。\n- 点任何一个数字，就能看到它背后的每一条回访。\n\n右上角可以导出所见内容；图表可以另存为图片。',
  monthHelp: '这张表与下载的 Excel 完全一致，下方可以切换工作表。点表中的数字，可以看到背后的回访。\n\n负责人在月末结账后，数字不再变动，之后的更正作为重述列出。',
  recordsHelp: '这里列出组成该数字的每一条回访，点编号打开。',
};
