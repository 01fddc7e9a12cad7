export const zh = {
  title: '清单核对', menu: '清单核对', drop: '点击或拖入来源系统当日导出的清单', dropHint: 'CSV 或 Excel。按来源编号逐条比对，不写入任何内容。', again: '换一个文件', xlsx: '下载差异表',
  listed: '清单', recorded: '系统', agreed: '一致', done: '已办结回访', differences: '差异', none: '清单与系统完全一致', count: '{{count}} 条',
  head: { kind: '差异', key: '来源编号', line: '清单行', day: '日期', contact: '客户', asset: '资产', field: '项目', there: '清单内容', here: '系统内容', open: '打开' }, followup: '回访', span: '{{from}} 至 {{to}}',
  help: '把来源系统（DMS、HIS、工单系统等）当日的清单拖进来，与系统记录逐条核对：\n\n- 系统中没有：清单有、这里没有登记，应补导入。\n- 清单中没有：这里有、来源清单没有。\n- 内容不一致：同一编号两边写的不同。\n- 逾期未回访：已登记，回访期限已过仍未办。\n\n核对不写入任何内容，差异表可以下载、签字、存档。',
};
