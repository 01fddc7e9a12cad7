export const zh = {
  title: '回访方案', menu: '回访方案', one: '回访方案', off: '已停用', target: '回访率目标', review: '审核抽查', tries: '联系次数', every: '每次间隔', channels: '回访方式', form: '回访表单', script: '话术', source: '依据', version: '版本', assign: '回访人', pack: '方案包', subject: '对象', empty: '还没有回访方案', emptyText: '在“方案包”里启用一个行业的方案包，就有了它的回访方案。', toPacks: '去启用方案包', percent: '{{n}}%', times: '{{n}} 次', adjusted: '已调整', packGone: '所属方案包已停用', steps: '步骤', phrases: '话术内容', noScript: '没有话术', when: '条件',
  subjects: { event: '每个事件', contact: '每位客户', asset: '每个资产', staff: '每位员工' },
  sentence: { all: '{{from}}，{{window}}由{{who}}{{channels}}回访{{repeat}}{{hours}}。', any: '或', by: '以', channelAny: '/', nobody: '主管指派的人', repeat: '，之后每{{every}}一次', weekly: '，每周{{day}}一次', hours: '（{{from}}–{{until}} 之间）', when: '仅当 {{when}}', whenWho: '{{when}} 时由{{who}}' },
  from: { start: '{{events}}后', attribute: '以“{{name}}”为准', middle: '以“{{a}}”与“{{b}}”的中点为准', event: '发生“{{event}}”后', count: '第 {{n}} 次“{{event}}”后', remaining: '还剩 {{n}} 次“{{event}}”时', idle: '{{span}}没有“{{event}}”时', after: '“{{steps}}”完成后' },
  window: { between: '{{a}}至{{b}}内', until: '{{b}}内', since: '{{a}}起', sameDay: '当天', at: '第{{a}}' },
  span: { d: '{{n}} 天', h: '{{n}} 小时', wd: '{{n}} 个工作日', w: '{{n}} 周', mo: '{{n}} 个月', before: '提前 {{span}}', day0: '当天' },
  weekdays: { monday: '一', tuesday: '二', wednesday: '三', thursday: '四', friday: '五', saturday: '六', sunday: '日' },
  who: { steward: '管家', owner: '客户负责人', event_staff: '办理人', head: '单位负责人', department_head: '部门负责人', role: '{{name}}', attribute: '“{{name}}”写的人', or: '（没有则{{who}}）' },
  picture: '时间图：{{name}}', anchor: '起算', days: '第 {{n}} 天',
  settings: '机构与各单位的调整', settingsHint: '数字和回访人可以按整个机构或单个单位（含下级）调整；什么事件触发回访由方案包决定。', noSettings: '没有调整，全部按方案包执行。', forOrganization: '整个机构', add: '新增调整', edit: '修改', reset: '恢复方案包的值', resetAsk: '恢复“{{name}}”按方案包执行？', resetDone: '已恢复', save: '保存', cancel: '取消', saved: '已保存，新的回访从现在起按此生成；未完成的会随之调整。', field: '项目', packValue: '现行值', ownValue: '调整为', active: '启用', activeHint: '关闭后不再生成新的回访，已有的继续', unit: '范围', inherit: '不调整', assignHint: '依次填写，如 steward（管家）、head（单位负责人）、role:supervisor；多项表示都要', spanHint: '如 7d（天）、1mo（月）、3wd（工作日）、12h（小时）', opens: '开始', closes: '截止', hoursFrom: '每天从', hoursUntil: '每天到', stepOf: '步骤：{{name}}', on: '启用', offShort: '停用',
  help: '正在执行的回访规则：什么事件之后、多久以内、由谁、用什么方式回访。每条规则都用一句话写出来，并画成时间图：圆点是起算点，色条是时限。\n\n点开一条可以看到步骤、表单、话术，并调整数字和回访人。',
  helpOne: '一个回访方案的全部内容。规则来自方案包（附依据的文件和条款）；机构或单位可以调整目标、时限、联系次数和回访人，方案包的原值随时可以恢复。\n\n时间图里圆点是起算点，色条是应回访的时限，浅色条是重复的各次。',
};
