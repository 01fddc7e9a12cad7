export const zh = {
  menu: { today: '今日回访', all: '全部回访' },
  today: {
    title: '今日回访',
    help: '这里是您现在该做的回访，最急的在最上面：先是逾期的，再是今天截止的，然后按期限排列。\n\n上方的数字可以点：只看逾期、今天截止、还没到时间的，或等待审核的。\n\n- 点客户姓名打开这条回访；点电话图标直接拨打，并打开登记页面。\n- 左侧打勾可以一次改派或延期多条。\n- 筛选条件在网址里，可以收藏，也可以存成常用视图。\n- 负责人可以点“人员负荷”，查看每个人手上的回访，并拖给别人。\n- 键盘：j、k 上下移动，回车打开，c 拨打，? 查看全部按键。',
  },
  all: {
    title: '全部回访',
    help: '所有回访，不论已完成还是未完成。用上方的条件筛选：状态、方案、回访人、单位、月份、结论、审核。\n\n右上角可以把筛选出的内容导出为 Excel 或 CSV。',
  },
  work: {
    title: '回访',
    help: '左边是客户、为什么回访和以前的情况；右边是要填写的表单；需要时打开话术。\n\n- 点号码拨打，然后点一下联系结果（无人接听、占线……），系统会按规则安排下一次。\n- 表单随填随存：关掉页面或断网都不会丢，网络恢复后自动提交，只提交一次。\n- “更多”里可以签收、延期、改派、免回访、按无法联系结案。\n- “依据”说明这条回访为什么会有、期限怎么算的。\n- 键盘：c 拨打，l 登记联系结果，f 填表，t 话术，s 提交，n 提交并下一个，? 查看全部按键。',
    up: '今日回访', by: '回访人', occurrence: '第 {{n}} 次', takenBy: '{{name}} 于 {{at}} 签收', allDone: '都做完了，辛苦了',
  },
  parts: { label: '按期限查看', do: '待办', overdue: '逾期', today: '今天截止', upcoming: '未到时间', review: '待审核' },
  who: { label: '看谁的', me: '我的', all: '全员', none: '未分派', other: '某位员工' },
  filter: { text: '姓名、编号、电话、资产', program: '方案', state: '状态', assignee: '回访人', month: '截止月份', verdict: '结论', review: '审核', unassigned: '未分派' },
  channels: { label: '首选方式' },
  groups: { overdue: '已逾期', today: '今天截止', tomorrow: '明天截止', week: '七天内', later: '以后', upcoming: '未到时间', done: '已结束' },
  due: {
    window: '{{from}} 至 {{to}}', retry: '{{at}} 再联系', doneOn: '{{date}} 完成', lateToday: '今天刚逾期', lateDay: '逾期 1 天', lateDays: '逾期 {{count}} 天', opens: '{{date}} 起', today: '今天截止', todayBy: '今天 {{time}} 前', tomorrow: '明天截止', by: '{{date}} 前',
  },
  list: {
    due: '期限', who: '客户', what: '事项', how: '方式', by: '回访人', actions: '操作', chooseAll: '全选', chooseOne: '选择 {{name}}', then: '之后：{{channels}}', tried: '已尝试 {{count}} 次', triedOnce: '已尝试 1 次', nobody: '未分派', and: '、', newest: '后到期的在前', oldest: '先到期的在前',
  },
  call: { to: '拨打 {{name}} {{phone}}', reason: '拨打回访电话 {{number}}' },
  empty: {
    mine: '没有要做的回访了', do: '没有待办的回访', overdue: '没有逾期的回访', today: '没有今天截止的回访', upcoming: '没有未到时间的回访', review: '没有等待审核的记录', filtered: '没有符合条件的回访', clear: '清除筛选', hint: '有新的回访时会自动出现在这里。', upcomingOpen: '看看之后的 {{count}} 条', none: '还没有回访', noneHint: '登记服务事件或导入登记表后，系统会按方案生成回访。',
  },
  keys: { title: '键盘操作', open: '键盘操作', down: '下一条', up: '上一条', enter: '打开', call: '拨打', choose: '选中或取消', next: '做下一个', help: '显示这张表', log: '登记联系结果', form: '去填表单', script: '话术', save: '提交', saveNext: '提交并下一个', why: '依据', back: '返回列表' },
  views: { open: '常用视图', none: '还没有存过视图', save: '保存当前筛选', saveOk: '保存', name: '名称', need: '请填写名称', remove: '删除“{{name}}”' },
  bulk: {
    days: '顺延天数', daysText: '截止日往后推这么多天；已逾期的从今天起算', needDays: '请填写天数', label: '批量操作', chosen: '已选 {{count}} 条', reassign: '改派', postpone: '延期', clear: '取消选择', reassignTitle: '改派 {{count}} 条回访', postponeTitle: '延期 {{count}} 条回访', results: '处理结果', done: '成功 {{count}} 条', not: '没有成功 {{count}} 条：', ok: '知道了',
  },
  load: {
    open: '人员负荷', free: '手上没有回访', intro: '每个人手上正在进行的回访。把一张卡片拖到另一个人那里就是改派；也可以点卡片上的箭头选人。', empty: '这个单位还没有员工', nobody: '未分派', away: '{{until}} 前缺勤，无人代班', awaySubstitute: '{{until}} 前缺勤，由 {{name}} 代班', unknownReturn: '返岗未定', standsIn: '代 {{names}} 的班', counts: '{{open}} 条，逾期 {{overdue}}，今天截止 {{today}}', more: '还有 {{count}} 条', give: '把 {{name}} 改派给', moveTitle: '把 {{what}} 改派给 {{name}}', moved: '{{what}} 已改派给 {{name}}',
  },
  people: { pick: '选择员工', away: '{{name}}（缺勤）' },
  contact: { title: '客户', reach: '联系', noPhone: '未登记电话', nextNumber: '本次拨打', reveal: '查看完整号码', more: '{{word}}资料', address: '地址', email: '邮箱', quiet: '免打扰', steward: '管家', owner: '负责人' },
  asset: '资产',
  warn: { doNotContact: '客户要求不再联系', redo: '退回重做：{{opinion}}', checksCase: '核实诉求 {{number}}：{{matter}}', unhappyOnce: '上次不满意：{{date}} {{matter}}', unhappy: '曾有 {{count}} 次不满意，最近 {{date}} {{matter}}', openCase: '未结诉求 {{number}} {{matter}}' },
  event: { title: '服务事项', department: '责任部门', staff: '经办人', follows: '接着', earlier: '上一次回访', case: '诉求' },
  earlier: { title: '以前的情况', none: '以前没有回访和诉求', all: '全部' },
  timeline: { title: '经过', planned: '生成回访', taken: '签收表单', returned: '交回表单', recorded: '完成回访', corrected: '更正记录', reviewed: '审核', waived: '免回访', unreachable: '按无法联系结案', cancelled: '取消' },
  attempt: { how: '这次联系的结果', channel: '联系方式', note: '备注（选填）', logged: '已登记', early: '{{at}} 起可以回访', exhausted: '已联系 {{count}} 次，可以按无法联系结案', next: '下一次：{{at}}，{{channel}}', left: '还可联系 {{count}} 次', anyTime: '随时' },
  ended: {
    call: { answered: '已接通', no_answer: '无人接听', busy: '占线', switched_off: '关机', wrong_number: '号码有误', refused: '拒绝回访', call_back: '约定再联系' },
    visit: { answered: '见到客户', no_answer: '无人在场', refused: '拒绝回访', call_back: '约定再联系' },
    message: { answered: '已回复', no_answer: '没有回复', wrong_number: '发送失败', refused: '拒绝回访', call_back: '约定再联系' },
  },
  callback: { title: '约定再联系', at: '客户约定的时间', ok: '登记', need: '请选择时间', hour: '一小时后', evening: '今晚 7 点', morning: '明天上午', afternoon: '明天下午' },
  script: {
    title: '话术', open: '话术', close: '收起话术', none: '这一步没有话术',
    kinds: { greeting: '问候', welcome: '欢迎', farewell: '告别', apology: '道歉', thanks: '道谢', reply: '应答', enquiry: '征询', request: '请求', consultation: '商量', explanation: '解释' },
  },
  why: { open: '依据', title: '为什么有这次回访', intro: '系统按下面的规则生成了这次回访，并算出了时限和回访人。' },
  fill: {
    title: '回访记录', noForm: '这次回访不需要填写表单，直接提交即可。', notYours: '这次回访由别人负责', notYoursText: '您可以查看，但不能登记。需要时请负责人改派给您。', channel: '回访方式', kept: '已自动保存', unsaved: '这台设备存不下草稿了，请尽快提交。', save: '提交', saveNext: '提交并下一个', restored: '已恢复 {{at}} 没有提交的内容', restoredOlder: '之后这条回访有变动，提交时会请您核对。', discard: '不要了',
  },
  sign: { add: '签字', customer: '客户签字', staff: '员工签字', picture: '{{name}} 的签字' },
  outcome: { title: '已完成', score: '得分 {{score}}', review: '记录将由主管审核。', case: '已立诉求 {{number}}', due: '{{date}} 前处理', planned: '已安排下一次回访 {{number}}', nothing: '没有需要跟进的事。', next: '下一个', record: '查看记录', back: '返回列表' },
  record: { title: '回访记录', reason: '原因', by: '回访人', at: '时间', channel: '方式', verdict: '结论', score: '得分', case: '相关诉求', before: '更正前的记录' },
  correct: { title: '更正记录', reason: '更正原因', save: '保存更正', stop: '不更正了' },
  clash: { title: '这条回访刚刚有变动', drop: '放弃我的，用现在的', keep: '仍按我填的提交', mine: '您填写的', theirs: '现在的', state: '状态', toSend: '准备提交', window: '时限' },
  outbox: { waiting: '网络断开，{{names}} 的回访已保存，恢复后自动提交。', this: '网络断开，已保存在本机，恢复后自动提交，不用再点。' },
  actions: {
    menu: '更多', next: '下一个', take: '签收表单', return: '交回表单', postpone: '延期', reassign: '改派', unreachable: '无法联系', waive: '免回访', correct: '更正记录', takenDone: '已签收', returnDone: '已交回',
    needReason: '请填写原因', reason: '原因', postponed: '已延期', postponeOk: '延期', postponeTry: '改下次联系时间', postponeWindow: '改回访时限', nextTry: '下次联系时间', withinWindow: '应在回访时限之内', newWindow: '新的时限', reassigned: '已改派', reassignOk: '改派', assignees: '回访人', leadFirst: '第一位是主办人，统计时算在主办人名下', needAssignee: '请选择回访人',
    waiveText: '免回访的不计入回访率，原因会保留。', unreachableText: '按无法联系结案的不算完成，仍计入应回访。', waiveOk: '免回访', unreachableOk: '按无法联系结案', waived: '已免回访', closedUnreachable: '已按无法联系结案',
  },
  quick: { busy: '客户正忙，另约时间', away: '客户外出', asked: '客户要求改期', absent: '原回访人缺勤', load: '调整工作量', knows: '由熟悉情况的同事跟进', refused: '客户明确表示不需要回访', moved: '客户已迁出', twice: '同一事项已回访过', noAnswer: '多次联系无人接听', wrong: '号码有误，无其他联系方式', off: '长期关机' },
  export: { open: '导出', xlsx: '导出 Excel', csv: '导出 CSV' },
};
