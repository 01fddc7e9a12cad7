export const zh = {
  title: '机构设置', menu: '机构设置', name: '名称', nameEn: '英文名称', code: '机构代码', codeHint: '登录时填写，不能修改', zone: '时区', zoneHint: '单位没有自己的时区时按此计算日期，如 Asia/Shanghai', lang: '默认语言', zh: '中文', en: '英文', packs: '启用的方案包', created: '建立时间', save: '保存', saved: '已保存', toPacks: '管理方案包', basics: '基本',
  help: '机构的名称、时区和默认语言。时区决定“今天”和时限的日期从哪一刻算起；单位可以有自己的时区。',
};
