export const zh = {
  title: '单位', menu: '单位', create: '新建', createBelow: '新建下级', save: '保存', cancel: '取消', saved: '已保存', empty: '还没有单位', emptyText: '至少建一个单位，回访才知道由谁负责、按哪个时区计算。', name: '名称', code: '编码', codeHint: '导入时用来认出单位', parent: '上级', none: '（最上级）', head: '负责人', zone: '时区', zoneHint: '不填则与上级相同，如 Asia/Shanghai', departments: '部门', department: '部门名称', departmentHead: '部门负责人', addDepartment: '添加部门', remove: '移除', staff: '员工',
  help: '机构的单位树：区域、项目、门店、科室等。回访按单位归属、统计和授权；员工的权限只及于其单位和下级。\n\n- 负责人和时区，没有填写的沿用上级的。\n- 部门用于投诉：按部门负责人指派回访。',
};
