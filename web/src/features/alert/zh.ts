export const zh = {
  title: '提醒', menu: '提醒', unread: '只看未读', readAll: '全部标为已读', markRead: '标为已读', new: '未读',
  empty: '没有提醒', emptyUnread: '没有未读的提醒', at: '时间', text: '内容',
  help: '需要您留意的事情会出现在这里：分派给您的回访、快到期和已逾期的回访、不满意的结果、退回重做的记录等。\n\n点开一条可以直接进入相应的回访或诉求；看过的可以标为已读。',
};
