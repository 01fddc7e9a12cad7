export const zh = {
  title: '角色与权限', menu: '角色与权限', create: '新建角色', edit: '修改', save: '保存', cancel: '取消', saved: '已保存', name: '名称', nameEn: '英文名称', code: '代码', codeHint: '规则里用 role:代码 指派，保存后不能改', permissions: '权限', own: '自建', all: '全部权限', adopt: '改为自建',
  permission: {
    'followup_read': '查看回访', 'followup_work': '办理分派给自己的回访', 'followup_manage': '改派、改期、免回访，办理范围内任何回访', 'followup_review': '审核他人的回访记录', 'case_read': '查看诉求', 'case_manage': '办理诉求', 'recurrence_decide': '决定重复诉求是否重大', 'contact_read': '查看客户与资产', 'contact_manage': '修改客户与资产', 'contact_reveal': '查看完整号码（记入审计）', 'event_ingest': '导入和接收事件', 'stats_read': '查看统计', 'program_manage': '启用方案包、调整方案', 'staff_manage': '管理单位、员工、角色、缺勤', 'audit_read': '查看审计', 'token_manage': '管理接口令牌', 'organization_manage': '修改机构设置',
  },
  help: '角色是一组权限，也是规则里指派回访的依据（如“客服主管”）。内置角色和方案包带来的角色可以改成自建的，按机构的需要增减权限；也可以新建角色。\n\n员工的权限是其所有角色的权限之和，范围是所在单位及其下级。',
};
