export const zh = {
  title: '导入', menu: '导入', one: '导入结果', drop: '把登记表拖到这里，或点击选择文件', dropMore: 'Excel（.xlsx）、CSV 或 JSON 行；不用改列名，系统会自己认出来。先预览，确认后才写入。', other: '换一个文件', reading: '正在读取“{{file}}”……',
  kind: '这是什么表', kindFound: '识别为：{{kind}}', kinds: { events: '业务登记（维修、投诉等）', contacts: '客户名单', assets: '资产清单', staff: '员工名单' },
  unit: '没写单位的行归入', unitHint: '表里写了单位的，以表为准', mapping: '列映射', guessed: '自动识别', backfill: '补生成已过期的回访', backfillHint: '历史登记表里，时限早已过去的事项默认只记录、不生成回访', run: '导入 {{count}} 行', nothing: '没有可导入的行', running: '正在导入', ofRows: '已读 {{count}} 行',
  counts: { rows: '行', accepted: '可导入', known: '以前导入过', skipped: '略过', rejected: '退回', planned: '生成回访', new_contacts: '新{{word}}', new_assets: '新{{word}}', new_listed: '名单新增', changed: '名单有改动', closed: '时限已过' },
  looked: '后几项按前 {{count}} 行推算。', columns: '各列是什么意思', column: '列名', samples: '内容示例', field: '含义', notRead: '不读取', notData: '不是数据', missing: '映射里有、但表中没有的列：{{columns}}', header: '表头在第 {{row}} 行',
  first: '前几行', refused: '会被退回的行', line: '行', type: '类别', at: '完成时间', contact: '客户', asset: '资产', where: '单位', department: '部门', matter: '事由', why: '原因', warnings: '提示', unknownUnits: '系统里没有的单位', unknownStaff: '系统里没有的员工', months: '各月数量', byType: '各类数量',
  saveMapping: '保存列映射', mappingName: '名称', mappingSaved: '已保存列映射“{{name}}”', mappingHint: '以后导入同样格式的表时可以直接选用。', advanced: '高级：映射文件', advancedHint: '可以直接修改（YAML）：固定值、日期顺序、类别用语等。', apply: '按此重新预览', removeMapping: '删除', removeMappingAsk: '删除列映射“{{name}}”？', mappingRemoved: '已删除', manage: '已保存的列映射',
  history: '导入历史', historyEmpty: '还没有导入过', historyEmptyText: '上面选择一个登记表试试：先预览，不会直接写入。', file: '文件', by: '导入人', when: '时间', done: '完成', unfinished: '未完成', system: '系统',
  success: '导入完成', rejects: '退回的行', noRejects: '没有退回的行', download: '下载退回行', cells: '原内容', row: '行号', sheet: '工作表', toWork: '查看回访', toContacts: '查看{{word}}', again: '继续导入', unfinishedText: '这次导入没有做完。把同一个文件再导入一次即可：已经写入的行会被认出，不会重复。', rejectsHint: '下载后改好，再导入一次：只会增加改好的行。',
  fields: {
    key: '来源编号', 'contact_code': '客户编码', 'contact_name': '客户姓名', 'contact_kind': '客户种类', 'contact_phone': '电话', 'contact_email': '电子邮箱', 'contact_address': '地址', 'asset_code': '房号/资产编码', 'asset_name': '资产名称', 'asset_kind': '资产种类', 'event_type': '类别', 'event_at': '完成时间', opened_at: '受理时间', status: '状态', department: '部门', staff: '办理人', steward: '管家', owner: '客户负责人', unit: '单位', severity: '严重程度', matter: '事由', note: '备注', serial: '序号（不导入）',
  },
  fieldGroups: { basic: '常用', event: '事件属性', contact: '客户属性', asset: '资产属性' },
  help: '把业务系统导出的登记表（维修、投诉、客户名单等）交给系统：它会认出各列的意思，算出会新增什么、生成多少回访，确认后才写入。\n\n- 列认错了，在“各列是什么意思”里改；改好可以保存，下次直接用。\n- 同一个文件重复导入不会重复：以前导入过的行会被认出。\n- 读不懂的行会退回，并写明原因，可以下载、改好再导入。\n- 历史登记表默认不会为早已过期的事项生成回访，需要时打开“补生成”。',
  helpOne: '一次导入的结果：读了多少行、新增多少、退回多少以及为什么。退回的行可以下载成 Excel，改好后再导入一次。',
};
