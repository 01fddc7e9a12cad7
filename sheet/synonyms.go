package sheet

// DefaultCatalogue holds what columns are called in any trade, in Chinese and
// English, and the words for finished and graded that need no trade to be
// understood. Categories come from packs.
func DefaultCatalogue() Catalogue {
	return Catalogue{
		Fields:     append(peopleColumns(), jobColumns()...),
		Categories: map[string][]string{},
		Values: map[Field]map[string][]string{
			FieldSeverity: {
				"major":   {"重大", "严重", "特大", "紧急", "重大投诉", "高", "high", "critical", "severe", "urgent"},
				"general": {"一般", "普通", "轻微", "一般投诉", "中", "低", "正常", "normal", "minor", "low", "medium"},
			},
		},
		Finished:   finishedWords(),
		Unfinished: []string{},
	}
}

func peopleColumns() []FieldWords {
	return []FieldWords{
		{Field: FieldContactCode, Names: []string{
			"客户编号", "客户号", "业主编号", "会员号", "会员编号", "病历号", "住院号", "门诊号", "学号", "工号", "客户代码",
			"customer id", "customer no", "customer number", "customer code", "client id", "contact", "contact id", "contact code", "patient id", "member id", "mrn",
		}},
		{Field: FieldContactName, Names: []string{
			"姓名", "业主姓名", "业主", "客户姓名", "客户名称", "客户", "住户", "住户姓名", "租户", "联系人", "报修人", "投诉人", "求助人", "申请人", "来电人", "反映人", "用户姓名", "用户", "车主", "车主姓名", "患者", "患者姓名", "病人姓名", "学生姓名", "学员姓名", "家长姓名", "单位名称", "公司名称",
			"name", "customer", "customer name", "client", "client name", "contact name", "owner name", "resident", "resident name", "tenant", "patient", "patient name", "student", "student name", "requester", "caller", "company",
		}},
		{Field: FieldContactPhone, Names: []string{
			"电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "移动电话", "固定电话", "座机", "业主电话", "客户电话", "联系手机", "备用电话",
			"phone", "phone number", "telephone", "tel", "mobile", "mobile phone", "cell", "cell phone", "contact phone", "contact number", "customer phone", "contact phones",
		}},
		{Field: FieldContactEmail, Names: []string{"邮箱", "电子邮箱", "电子邮件", "邮件", "email", "e-mail", "mail", "email address", "contact email", "customer email"}},
		{Field: FieldContactAddress, Names: []string{"地址", "联系地址", "住址", "家庭住址", "通讯地址", "address", "incident address", "street address", "customer address", "contact address"}},
		{Field: FieldContactKind, Names: []string{"客户类型", "客户类别", "客户性质", "业主类型", "customer type", "contact kind", "client type"}},
		{Field: FieldAssetCode, Names: []string{
			"房号", "房间号", "房屋编号", "房屋", "房产", "单元房号", "室号", "门牌", "门牌号", "楼栋房号", "户号", "铺位号", "车牌", "车牌号", "车牌号码", "车架号", "设备编号", "设备号", "产品序列号", "序列号", "出厂编号",
			"room", "room no", "room number", "unit no", "unit number", "apartment", "house", "house no", "property", "plate", "license plate", "vin", "serial number", "serial no", "device id", "asset", "asset id", "asset code",
		}},
		{Field: FieldAssetName, Names: []string{"设备名称", "产品名称", "车型", "资产名称", "device name", "asset name", "product name", "model"}},
		{Field: FieldAssetKind, Names: []string{"设备类型", "房屋类型", "房产类型", "资产类型", "产品类型", "asset type", "asset kind", "device type"}},
		{Field: FieldSteward, Names: []string{"管家", "客服管家", "物业管家", "楼栋管家", "楼管", "客服专员", "责任管家", "服务管家", "steward", "housekeeper", "account manager"}},
		{Field: FieldOwner, Names: []string{"客户经理", "销售顾问", "跟进人", "责任人", "负责人", "课程顾问", "咨询师", "sales consultant", "owner", "responsible", "consultant"}},
		{Field: FieldStaff, Names: []string{"处理人", "处理人员", "维修人", "维修人员", "维修工", "维修师傅", "经办人", "服务人员", "完成人", "接单人", "技师", "工程师", "责任医生", "主治医生", "办理人", "staff", "technician", "handled by", "handler", "assignee", "assigned to", "engineer", "worker", "repairer", "completed by", "done by"}},
	}
}

func jobColumns() []FieldWords {
	return []FieldWords{
		{Field: FieldSerial, Names: []string{"序号", "序", "行号", "项次", "no", "no.", "nr", "index", "row", "s/n", "seq"}},
		{Field: FieldKey, Names: []string{
			"单号", "工单号", "工单编号", "编号", "受理编号", "受理单号", "流水号", "报修单号", "投诉编号", "登记编号", "任务编号", "订单号", "业务编号",
			"id", "key", "unique key", "ticket", "ticket id", "ticket no", "case id", "case number", "case no", "order no", "order id", "work order", "work order no", "work order id", "request id", "service request id", "reference", "ref",
		}},
		{Field: FieldType, Names: []string{"类别", "类型", "分类", "事项类别", "事件类型", "服务类别", "服务类型", "工单类型", "诉求类别", "报事类型", "业务类型", "登记类别", "category", "type", "event type", "service type", "request type", "case type", "kind"}},
		{Field: FieldAt, Names: []string{
			"完成时间", "完成日期", "办结时间", "办结日期", "结案时间", "结案日期", "完工时间", "完工日期", "处理完成时间", "处理完毕时间", "处理时间", "解决时间", "关闭时间", "竣工时间", "出院日期", "出院时间", "交车日期", "交付日期",
			"completed", "completed at", "completed on", "completion date", "completion time", "date completed", "closed", "closed at", "closed date", "date closed", "closed on", "finished", "finished at", "finish date", "resolved", "resolved at", "resolved date", "resolution date", "end date", "at", "done at", "done",
		}},
		{Field: FieldOpenedAt, Names: []string{
			"受理时间", "受理日期", "登记时间", "登记日期", "报修时间", "报修日期", "投诉时间", "投诉日期", "接报时间", "来电时间", "创建时间", "创建日期", "开始时间", "申请时间", "申请日期", "接单时间", "反映时间", "报事时间", "建单时间",
			"opened", "opened at", "open date", "opened date", "date opened", "created", "created at", "created date", "created on", "date created", "reported", "reported at", "report date", "received", "received at", "received date", "requested", "request date", "requested at", "start date", "registered",
		}},
		{Field: FieldStatus, Names: []string{"状态", "处理状态", "办理状态", "工单状态", "完成情况", "是否完成", "是否办结", "进度", "处理进度", "办理进度", "status", "state", "case status", "request status"}},
		{Field: FieldDepartment, Names: []string{"部门", "责任部门", "处理部门", "承办部门", "被投诉部门", "科室", "所属部门", "主办部门", "department", "dept", "agency", "agency name", "team", "division", "ward"}},
		{Field: FieldUnit, Names: []string{"项目", "小区", "项目名称", "小区名称", "楼盘", "楼盘名称", "所属项目", "管理处", "门店", "校区", "院区", "单位", "分公司", "unit", "estate", "site", "project", "branch", "store", "location name", "campus", "neighborhood", "neighbourhood"}},
		{Field: FieldSeverity, Names: []string{"严重程度", "投诉等级", "等级", "级别", "紧急程度", "严重性", "投诉级别", "severity", "priority", "level", "urgency"}},
		{Field: FieldMatter, Names: []string{
			"事项", "事项内容", "内容", "报修内容", "投诉内容", "求助内容", "服务内容", "诉求内容", "报事内容", "事由", "问题", "问题描述", "描述", "故障", "故障现象", "故障描述", "主题", "标题", "具体内容",
			"matter", "subject", "description", "summary", "issue", "problem", "complaint", "complaint type", "details", "title", "fault", "request",
		}},
		{Field: FieldNote, Names: []string{"备注", "说明", "附注", "备考", "处理结果", "处理意见", "note", "notes", "remark", "remarks", "comment", "comments", "status notes"}},
	}
}

// plainDates are names that say "date" and nothing else: of the completion where
// no other column is, else of the opening.
func plainDates() map[string]bool {
	return map[string]bool{"日期": true, "时间": true, "年月日": true, "date": true, "time": true, "datetime": true, "day": true, "timestamp": true}
}
