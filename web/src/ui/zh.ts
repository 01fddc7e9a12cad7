export const zh = {
  retry: '重试', loading: '正在加载', empty: '暂无内容', more: '加载更多', allShown: '共 {{count}} 条，已全部显示', someShown: '已显示 {{count}} 条',
  columns: '显示列', columnsReset: '恢复默认', help: '本页说明', cancel: '取消', confirm: '确定', 
  save: '保存', more_actions: '更多操作',
  sheet: '工作表', clearFilters: '清除筛选', filters: '筛选', all: '全部', search: '查找', from: '起', to: '止', yes: '是', no: '否', none: '无', 
  failed: { title: '没有成功', notFound: '没有找到', forbidden: '没有权限', instance: '编号：{{instance}}（请告知管理员）' },
  conflict: {
    title: '别人刚刚修改了这条记录', intro: '下面左边是您填写的，右边是现在保存的。请选择怎样继续。', yours: '您的修改', theirs: '现在的内容', keepMine: '用我的修改覆盖', takeTheirs: '放弃修改，使用现在的内容', same: '其余内容相同。',
  },
  phone: { reveal: '查看完整信息', revealTitle: '查看完整信息', reason: '查看原因（记入审计）', call: '拨打 {{phone}}', copied: '已复制', copy: '复制', none: '未登记电话' },
  state: { planned: '待回访', overdue: '已逾期', completed: '已完成', unreachable: '无法联系', waived: '免回访', cancelled: '已取消' },
  verdict: { satisfied: '满意', dissatisfied: '不满意', unqualified: '不合格' },
  review: { pending: '待审核', qualified: '合格', unqualified: '不合格', redo: '退回重做' },
  caseState: { open: '待处理', acting: '整改中', resolved: '待确认', closed: '已关闭' },
  severity: { general: '一般', major: '重大' },
  channel: { phone: '电话', sms: '短信', wechat: '微信', email: '邮件', visit: '上门', meeting: '面谈', survey: '问卷', other: '其他' },
  disposition: { answered: '已接通', busy: '占线', no_answer: '无人接听', switched_off: '关机', wrong_number: '号码有误', refused: '拒绝回访', call_back: '约定再联系' },
  form: {
    required: '必填', pick: '请选择', optional: '选填', mustAnswer: '请填写此项', least: '不能小于 {{n}}', greatest: '不能大于 {{n}}', whole: '应为整数', longest: '最多 {{n}} 个字', fewest: '至少选择 {{n}} 项', most: '最多选择 {{n}} 项', early: '不能早于 {{date}}', late: '不能晚于 {{date}}',
    addPhoto: '添加照片', addFile: '添加文件', remove: '移除', signHere: '请在此处签字', clear: '重写', signed: '已签字', signer: '签字人姓名', signedBy: '签字人：{{name}}', npsLow: '完全不会推荐', npsHigh: '非常愿意推荐', stars: '{{n}} 分', uploading: '正在上传', uploadFailed: '上传失败', photo: '照片 {{n}}', file: '文件 {{n}}', low: '很差', high: '很好', noAnswer: '未填写', needsDevice: '请在可上传的页面填写',
  },
  pickUnit: '选择单位', pickStaff: '选择员工', 
};
