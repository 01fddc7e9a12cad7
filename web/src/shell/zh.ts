export const zh = {
  product: '回访', tagline: '每一次服务之后，都有回访。', skip: '跳到正文', menu: '菜单', mainMenu: '主菜单', more: '更多', account: '账户', closeMenu: '收起菜单',
  groups: { work: '回访工作', quality: '质量', people: '客户', rules: '方案', settings: '管理' },
  login: {
    title: '登录', organization: '机构代码', login: '登录名', password: '密码', go: '登录', again: '登录已过期', againIntro: '请重新登录。页面上填写的内容都还在，登录后会继续。', other: '换一个账户', missing: '请填写{{field}}', show: '显示密码', hide: '隐藏密码', hint: '机构代码、登录名和密码由管理员告知。', help: '接口与命令行', offline: '暂时连不上服务器，正在重试……',
  },
  account_: { password: '修改密码', logout: '退出登录', language: '语言', tone: '外观', light: '浅色', dark: '深色', system: '跟随系统', roles: '角色', shortcuts: '键盘快捷键', api: '接口说明' },
  password: { title: '修改密码', old: '当前密码', fresh: '新密码', repeat: '再输一次新密码', differ: '两次输入的新密码不一致', go: '修改', done: '密码已修改', rule: '至少 8 个字符；请不要使用与其他网站相同的密码。' },
  unit: { all: '全部单位', switch: '切换单位', of: '当前单位：{{unit}}' },
  alerts: { none: '提醒，没有未读', some: '提醒，{{count}} 条未读' },
  palette: { open: '查找或跳转', placeholder: '客户、电话后四位、房号、回访编号，或页面名称', pages: '页面', commands: '操作', nothing: '没有找到“{{text}}”', hint: '↑↓ 选择，回车打开，Esc 关闭', searching: '正在查找', contact: '客户', asset: '资产', followup: '回访', case: '诉求' },
  down: { title: '暂时连不上服务器', text: '正在自动重试，填写的内容不会丢失。', now: '立即重试', back: '已重新连上' },
  lost: { title: '没有这个页面', text: '地址“{{path}}”不存在，可能已改名或输入有误。', home: '回到首页' },
  forbidden: { title: '没有权限打开这个页面', text: '需要时请联系管理员开通。' },
  crashed: { title: '页面出了问题', text: '请重新载入。如果反复出现，请把下面这一行告知管理员。', reload: '重新载入' },
  help: { title: '本页说明', shortcuts: '键盘快捷键', search: '查找或跳转', close: '关闭对话框', more: '更多资料', api: '接口说明' },
  noPages: { title: '还没有可用的页面', text: '您的角色没有可以打开的页面，请联系管理员。' },
};
