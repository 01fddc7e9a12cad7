export const zh = {
  title: '诉求与整改', menu: '诉求整改', pageTitle: '诉求', newTitle: '登记诉求', new: '登记诉求',
  list: '列表', board: '看板', view: '显示方式',
  number: '编号', matter: '事由', customer: '客户', asset: '对象', unit: '单位', owner: '整改责任人', department: '责任部门', due: '整改期限', state: '状态', severity: '等级', opened: '立案时间', resolved: '整改完成', closed: '结案时间',
  overdue: '超期', overdueOnly: '只看超期', severityAll: '等级', stateAll: '状态', from: '立案日期',
  empty: '没有诉求', emptyText: '回访中不满意、不合格的记录会自动立案，出现在这里。', emptyFiltered: '没有符合条件的诉求',
  column: '{{state}}，共 {{count}} 件', columnMore: '还有更多，请用列表查看', columnEmpty: '没有', move: '拖动卡片可以推进',
  facts: '基本情况', actions: '整改措施', followups: '相关回访', timeline: '经过',
  resolution: '整改结果', explained: '当场解释', nextDate: '约定回访日期',
  noActions: '还没有整改措施。', noFollowups: '没有相关回访。',
  openFollowup: '来源回访',
  do: {
    action: '添加措施', finish: '完成', resolve: '整改完成', explain: '暂不能解决', close: '直接结案', reopen: '重新打开', edit: '修改', comment: '发表',
    edited: '已保存', actionAdded: '已添加措施', finished: '措施已完成', resolvedDone: '已记录整改结果', explainedDone: '已记录，并安排了回访', closedDone: '已结案', reopenedDone: '已重新打开', commented: '已发表', opened: '已登记 {{number}}',
  },
  ask: {
    action: '添加整改措施', measure: '措施', measureHint: '做什么、做到什么程度', actionOwner: '负责人', actionOwnerHint: '不填：由整改责任人负责', actionDue: '完成期限', actionDueHint: '不填：与案件期限相同',
    finish: '完成措施', result: '完成情况', resolve: '整改完成', resolution: '整改结果', resolveIntro: '记录结果后，系统会安排一次回访，向客户核实是否满意。', close: '直接结案', closeIntro: '不再安排核实回访，请写明理由。', reason: '理由',
    explain: '当场不能解决', explainIntro: '记录向客户作了怎样的解释、约定哪天再回访、由谁负责整改。', explanation: '向客户的解释', next: '下次回访日期', rectifier: '整改责任人', reopen: '重新打开', edit: '修改诉求', why: '修改理由', comment: '写下意见或进展', required: '请填写', newIntro: '一般由不满意的回访自动立案；客户直接提出的，在这里登记。',
  },
  planned: '已安排回访 {{numbers}}',
  event: {
    opened: '立案', opened_by_hand: '登记', updated: '修改', explained: '向客户解释', resolved: '整改完成', reopened: '重新打开', closed: '结案', commented: '意见', action_added: '添加措施', action_finished: '完成措施',
  },
  closedSatisfied: '核实回访满意', system: '系统', done: '已完成', pending: '待完成', dueOn: '期限 {{date}}', late: '已超期',
  help: '不满意或不合格的回访会立案，由整改责任人负责到底。\n\n- 添加整改措施，定负责人和期限；措施完成后记录完成情况。\n- 全部完成后点“整改完成”，系统安排一次回访向客户核实：满意则结案，仍不满意则重新打开。\n- 当场不能解决的，记录解释，约定下次回访日期和整改责任人。\n\n看板上可以把卡片拖到下一列。',
};
