export const zh = {
  title: '资产', menu: '资产', one: '资产', create: '新建{{word}}', sheet: '表格编辑', sheetOff: '结束编辑', find: '编码或名称', kind: '种类', unit: '单位', contact: '客户', code: '编码', name: '名称', codeHint: '如房号 3-1-502、车架号或设备编号，导入时用来认出同一个',
  empty: '还没有{{word}}', emptyText: '从登记表导入，或者新建一个。', emptyFound: '没有符合条件的{{word}}', emptyFoundText: '换一个条件，或清除筛选。', import: '导入登记表', saved: '已保存', created: '已新建', edit: '修改', save: '保存', cancel: '取消', facts: '资料', owner: '所属{{word}}', none: '未登记', findContact: '输入姓名或电话查找', sheetHint: '点一个格子，或用方向键移动；直接输入即修改，回车保存，Esc 放弃。',
  help: '服务所给予的对象：房产、车辆、设备等。种类和属性（如车牌、投保日期）由启用的方案包决定。\n\n- 右下角“显示列”可以选择看哪些属性。\n- “表格编辑”打开后可以像电子表格一样直接修改。',
  helpOne: '一个资产的全部情况：资料、所属客户，以及它的服务事件、回访和诉求。改动属性（如到期日）后，按它计算的回访会自动调整。',
};
