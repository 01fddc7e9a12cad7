export const zh = {
  title: '方案包', menu: '方案包', active: '已启用', activate: '启用', update: '更新', deactivate: '停用', version: '第 {{n}} 版', programs: '{{count}} 个回访方案', deactivateAsk: '停用“{{name}}”？', deactivateText: '它的方案不再生成新的回访，已经生成的继续办理。', done: '已停用', changes: '启用“{{name}}”的变化', added: '新增', changed: '变更', unchanged: '未变', replaced: '取代了“{{name}}”', nothingChanged: '没有变化，已是最新', close: '知道了', toPrograms: '查看回访方案', folder: '来自服务器的文件夹', program: '方案', form: '表单',
  help: '一个方案包是一个行业的全部规则：回访方案、表单、话术、登记表的用语和统计表。启用即可使用，机构的调整另外保存，更新方案包时不会丢。\n\n停用后不再生成新的回访，已有的继续。',
};
