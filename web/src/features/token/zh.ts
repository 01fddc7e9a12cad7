export const zh = {
  title: '接口令牌', menu: '接口令牌', create: '新建令牌', name: '用途', permissions: '权限', expires: '有效期至', never: '长期有效', created: '建立', state: '状态', valid: '有效', revoked: '已吊销', expired: '已过期', revoke: '吊销', revokeAsk: '吊销“{{name}}”？', revokeText: '使用它的系统立即不能再访问，且不能恢复。', revokedDone: '已吊销', secretTitle: '令牌已建立，请现在复制', secretHint: '只显示这一次，关闭后无法再看到。请求时放在 Authorization: Bearer 之后。', copy: '复制', copied: '已复制', close: '我已保存好', cancel: '取消', empty: '还没有接口令牌', emptyText: '让工单、ERP、医院信息等系统自动发送服务事件时，为每个系统建一个。', docs: '接口说明',
  help: '让别的系统通过接口访问，例如工单系统在维修完成时发送事件。每个系统建一个令牌，只给需要的权限；不用了就吊销。\n\n令牌的内容只在建立时显示一次。',
};
