export const zh = {
  optional: '选填', edit: '修改', none: '未填写', quietFrom: '免打扰开始', quietTo: '免打扰结束', phones: '输入号码后回车，可填多个', addAttribute: '添加属性', attributeName: '属性名', attributeValue: '内容',
  cell: '{{field}}：{{value}}，按回车修改', cellHelp: '方向键移动，回车或直接输入开始修改，回车保存并下移，Esc 放弃。', cellFailed: '未保存：{{reason}}',
  history: {
    title: '经历', all: '全部', events: '服务事件', followups: '回访', cases: '诉求', empty: '还没有服务事件、回访或诉求', emptyText: '导入登记表或由业务系统发送事件后，会按时间排在这里。', more: '更早的', end: '没有更早的了',
    event: '事件', followup: '回访', case: '诉求', why: '为什么', hideWhy: '收起', planned: '生成了回访', notPlanned: '未生成回访', noRule: '没有方案对这个事件生成回访。', details: '经过', hideDetails: '收起', tries: '联系经过', noTries: '没有联系记录', record: '回访结果', noRecord: '还没有回访结果', window: '{{from}} 至 {{to}}',
    by: '{{name}}', attempts: '尝试 {{count}} 次', corrects: '更正', due: '期限 {{date}}', matter: '事由', source: '来源 {{source}}', score: '{{score}} 分', reviewed: '审核', upcoming: '将来',
  },
};
