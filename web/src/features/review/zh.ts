export const zh = {
  title: '审核', menu: '审核', pageTitle: '审核回访记录', number: '编号', customer: '客户', what: '回访', unit: '单位', doneBy: '回访人', doneAt: '回访时间', verdict: '结果', score: '得分', by: '回访人', asset: '对象', matter: '事由', search: '编号、客户、对象', start: '开始审核',
  empty: '没有待审核的记录', emptyText: '需要审核的回访完成后会出现在这里；自己做的回访由别人审核。', emptyFiltered: '没有符合条件的记录',
  record: '回访记录', before: '经过', event: '服务事件', attempts: '联系经过', reviews: '以往审核', noAttempts: '没有联系记录', signedCustomer: '客户签字：{{name}}', signedStaff: '员工签字：{{name}}', took: '时限', lateBy: '超过时限',
  qualified: '合格', unqualified: '不合格', redo: '退回重做', decision: '审核结论', opinion: '审核意见', opinionNeeded: '不合格或退回重做时必须写明意见', closes: '重做期限', submit: '提交', submitNext: '提交并审核下一条', done: '已审核', doneCase: '已审核，按诉求处理：{{number}}', own: '不能审核自己做的回访', other: '同一客户的其他回访', left: '还有 {{count}}{{more}} 条待审核', allDone: '已经全部审核完毕', openFollowup: '打开回访', keys: '快捷键：1 合格，2 不合格，3 退回重做，Ctrl+Enter 提交', already: '这条记录已经审核', before_record: '更正前的记录', corrected: '已更正',
  help: '逐条核对回访记录：左边是表单和答案，右边是事情的经过。\n\n- 合格：归档。\n- 不合格：必须写明意见，按诉求处理，由单位负责人整改。\n- 退回重做：写明意见，由原来的人重新回访，原记录保留。\n\n自己做的回访不会出现在这里。',
};
