/* The modules and functions of the sample machine; included by sample_modules.c only. Stacks name functions
 * by "short_name!function"; the sample's symbol files get the same names, addresses and sizes. One table, and so
 * long: what is in it belongs together. */

static const SampleFunction functions_of_nt[] = {
  { "NtUnmapViewOfSectionEx", 0x19950, 0x2a3 },
  { "IopFreeIrp", 0x36b50, 0x15c },
  { "HvAllocateCell", 0x70e00, 0x6b1 },
  { "NtCreateFile", 0xa59a0, 0x9b },
  { "IopAllocateIrpPrivate", 0xcc9b0, 0x9d4 },
  { "IopProcessWorkItem", 0x105b50, 0x11e6 },
  { "MmCreateSection", 0x133510, 0xd7 },
  { "ObpCaptureObjectCreateInformation", 0x169c60, 0x11e6 },
  { "MiCreateSection", 0x1967a0, 0x6b1 },
  { "IopfCompleteRequest", 0x1ca9f0, 0x6b1 },
  { "IopXxxControlFile", 0x1f8180, 0xd7 },
  { "IofCompleteRequest", 0x224f00, 0xd7 },
  { "IoFreeWorkItem", 0x258b20, 0x15c },
  { "ObCloseHandleTableEntry", 0x29a7f0, 0x15c },
  { "CmpParseKey", 0x2b7620, 0x9d4 },
  { "KiStartSystemThread", 0x2fb6b0, 0xd7 },
  { "ObfDereferenceObjectWithTag", 0x3228c0, 0x2a3 },
  { "IofCallDriver", 0x34bd70, 0xd7 },
  { "HvpAddBin", 0x38ab00, 0x11e6 },
  { "IoAllocateWorkItem", 0x3baab0, 0x3f8 },
  { "PspCreateThread", 0x3e4710, 0x11e6 },
  { "CcInitializeCacheMap", 0x425c20, 0x4e },
  { "ObpAllocateObject", 0x4522e0, 0x11e6 },
  { "EtwpAllocateTraceBuffer", 0x481b20, 0x6b1 },
  { "NtMapViewOfSection", 0x4b37a0, 0x6b1 },
  { "CmpCreateKeyBody", 0x4db980, 0x9d4 },
  { "ObpRemoveObjectRoutine", 0x51e260, 0x6b1 },
  { "CcDeleteSharedCacheMap", 0x53d6a0, 0x15c },
  { "NtClose", 0x56f260, 0x15c },
  { "KiExecuteAllDpcs", 0x5acaa0, 0xd7 },
  { "MiProcessDereferenceList", 0x5d3a80, 0x3f8 },
  { "ExAllocatePoolWithTag", 0x614ee0, 0x4e },
  { "KiSystemServiceCopyEnd", 0x6368e0, 0x4e },
  { "MiCreateDataFileMap", 0x676fd0, 0xd7 },
  { "MiDeleteVad", 0x6a7980, 0x9b },
  { "ObOpenObjectByNameEx", 0x6d3a10, 0x4e },
  { "CmOpenKey", 0x6fbd10, 0x15c },
  { "ExpWorkerThread", 0x73ec90, 0x6b1 },
  { "MiSegmentDelete", 0x761760, 0x2a3 },
  { "IopCompleteRequest", 0x799650, 0x3f8 },
  { "MiAllocateControlArea", 0x7cf060, 0x9b },
  { "SepDuplicateToken", 0x7f51d0, 0x9d4 },
  { "FsRtlTeardownPerStreamContexts", 0x831e70, 0x9d4 },
  { "ObpAllocateObjectNameBuffer", 0x8640c0, 0x2a3 },
  { "HvpDoAllocateCell", 0x888e20, 0xd7 },
  { "ExFreePoolWithTag", 0x8bafa0, 0x3f8 },
  { "EtwpAdjustTraceBuffers", 0x900f80, 0x2a3 },
  { "NtDeviceIoControlFile", 0x92a2a0, 0xd7 },
  { "MiCreateNewSection", 0x95cf10, 0x4e },
  { "NtSetValueKey", 0x9848f0, 0x11e6 },
  { "EtwpAllocateTraceBufferPool", 0x9bb230, 0xd7 },
  { "ObpLookupObjectName", 0x9f7370, 0x11e6 },
  { "IopCloseFile", 0xa13920, 0x11e6 },
  { "NtCreateThreadEx", 0xa4dd10, 0x9b },
  { "MiDereferenceSegmentThread", 0xa8c200, 0x2a3 },
  { "KiIdleLoop", 0xab8020, 0x3f8 },
  { "ObCreateObjectEx", 0xade560, 0x3f8 },
  { "PspReaper", 0xb23430, 0x15c },
  { "NtCreateEvent", 0xb4d2d0, 0x11e6 },
  { "IopSynchronousServiceTail", 0xb7dca0, 0x3f8 },
  { "ObpCaptureObjectName", 0xbb3a40, 0x15c },
  { "CmpSetValueKeyNew", 0xbe4780, 0x15c },
  { "MiUnmapViewOfSection", 0xc0a140, 0x6b1 },
  { "NtReadFile", 0xc4baa0, 0x15c },
  { "KiRetireDpcList", 0xc6bf50, 0x11e6 },
  { "CcWorkerThread", 0xca6e70, 0x3f8 },
  { "ObpFreeObjectNameBuffer", 0xce0180, 0x4e },
  { "EtwpFreeTraceBuffer", 0xcfb2b0, 0x2a3 },
  { "NtOpenKeyEx", 0xd3af50, 0x2a3 },
  { "CmSetValueKey", 0xd639d0, 0x3f8 },
  { "CcLazyWriteScan", 0xd9d4d0, 0x3f8 },
  { "PspAllocateThread", 0xdcc3a0, 0x9b },
  { "MiMapViewOfDataSection", 0xdf9300, 0x9b },
  { "PspSystemThreadStartup", 0xe2af60, 0x9d4 },
  { "NtDuplicateToken", 0xe5b910, 0x3f8 },
  { "ObpFreeObject", 0xe8d620, 0x9d4 },
  { "EtwpLogger", 0xecc630, 0x4e },
  { "IopDeleteFile", 0xef9550, 0x3f8 },
  { "SepTokenDeleteMethod", 0xf30240, 0x9b },
  { "IopParseDevice", 0xf62450, 0x9b },
  { "IopCreateFile", 0xf8b220, 0x15c },
  { "CmpDoParseKey", 0xfbf920, 0xd7 },
  { "MiAllocateVad", 0xfefbb0, 0x3f8 },
};

static const SampleFunction functions_of_storport[] = {
  { "RaidUnitCompleteRequest", 0x18190, 0x6b1 },
  { "RaidpAdapterDpcRoutine", 0x49d20, 0x6b1 },
};

static const SampleFunction functions_of_fltmgr[] = {
  { "FltpFreeContext", 0x3e70, 0x9b },
  { "FltpPassThroughInternal", 0x9c00, 0xd7 },
  { "FltpGetFileNameInformation", 0x10070, 0x15c },
  { "FltpPerformPostCallbacks", 0x183e0, 0x15c },
  { "FltGetFileNameInformation", 0x1bb30, 0x2a3 },
  { "FltpFreeNameCacheNode", 0x23160, 0x2a3 },
  { "FltpLegacyProcessingAfterPreCallbacksCompleted", 0x2ae20, 0x15c },
  { "FltpPassThroughCompletion", 0x32950, 0x3f8 },
  { "FltpCreate", 0x37360, 0x11e6 },
  { "FltpDispatch", 0x3e7f0, 0xd7 },
  { "FltpCacheCreateNames", 0x43b60, 0x3f8 },
  { "FltpPurgeNameCache", 0x4bf30, 0x11e6 },
  { "FltpAllocateNameCacheNode", 0x52720, 0x11e6 },
  { "DeleteStreamListCtrlCallback", 0x57ef0, 0x11e6 },
  { "FltAllocateContext", 0x5eaa0, 0x11e6 },
  { "FltpPerformPreCallbacks", 0x66bf0, 0x4e },
};

static const SampleFunction functions_of_fileinfo[] = {
  { "FIStreamCleanup", 0x41a0, 0xd7 },
  { "FIPostCreateCallback", 0x7f00, 0xd7 },
  { "FIStreamGetInfo", 0xf640, 0x9b },
};

static const SampleFunction functions_of_WdFilter[] = {
  { "MpPreCreate", 0xd8c0, 0x9b },
  { "MpCreateStreamContext", 0x252a0, 0x4e },
  { "MpPostCreate", 0x3b600, 0x15c },
  { "MpGetFileNameInformation", 0x57070, 0x4e },
};

static const SampleFunction functions_of_Ntfs[] = {
  { "NtfsCommonCreate", 0x94e0, 0x11e6 }, { "NtfsFspClose", 0x351b0, 0x9d4 },
  { "NtfsDeleteCcb", 0x60a30, 0x6b1 },    { "NtfsDeleteFcb", 0x8dc40, 0x6b1 },
  { "NtfsCommonRead", 0xc5a50, 0x3f8 },   { "NtfsTeardownStructures", 0xe7720, 0x15c },
  { "NtfsCreateCcb", 0x120740, 0x9b },    { "NtfsFsdRead", 0x1472e0, 0x2a3 },
  { "NtfsFsdCreate", 0x171ea0, 0xd7 },    { "NtfsCommonClose", 0x1b0370, 0x3f8 },
  { "NtfsDeleteScb", 0x1cdd30, 0x2a3 },   { "NtfsCreateFcb", 0x1fb440, 0x9d4 },
  { "NtfsCachedRead", 0x22b860, 0x9b },   { "NtfsOpenFile", 0x25ede0, 0x9d4 },
  { "NtfsFsdClose", 0x284f50, 0x15c },
};

static const SampleFunction functions_of_ndis[] = {
  { "NdisAllocateNetBufferListContext", 0xb310, 0x9b },
  { "NdisFreeNetBufferListContext", 0x551b0, 0x3f8 },
  { "ndisInterruptDpc", 0x7b9f0, 0x3f8 },
  { "ndisMIndicateNetBufferListsToOpen", 0xc9ba0, 0x9d4 },
  { "NdisMIndicateReceiveNetBufferLists", 0x103180, 0x4e },
};

static const SampleFunction functions_of_netio[] = {
  { "NetioAllocateAndReferenceNetBufferList", 0xa740, 0x11e6 },
  { "NetioDereferenceNetBufferList", 0x350e0, 0x9b },
};

static const SampleFunction functions_of_tcpip[] = {
  { "TcpFlushDelay", 0x1b350, 0x2a3 },
  { "IpFlcReceivePackets", 0x4c120, 0xd7 },
  { "TcpTlProviderEndpoint", 0x8e560, 0x11e6 },
  { "FlpReceiveNonPreValidatedNetBufferListChain", 0xcd820, 0x9d4 },
  { "TcpCreateEndpoint", 0x10fbf0, 0x3f8 },
  { "TcpDereferenceEndpoint", 0x13a470, 0x2a3 },
  { "TcpTcbReceive", 0x177570, 0xd7 },
  { "TcpDeliverReceive", 0x1c1310, 0x9b },
  { "TcpCloseEndpoint", 0x1fa450, 0x4e },
  { "TcpTcbFastDatagram", 0x2440d0, 0x9b },
  { "TcpCompleteSend", 0x2877c0, 0x2a3 },
};

static const SampleFunction functions_of_classpnp[] = {
  { "ClasspWorkItemCallback", 0x81d0, 0x9b },
};

static const SampleFunction functions_of_dxgkrnl[] = {
  { "DxgkCreateAllocationInternal", 0x9450, 0x4e },   { "DXGDEVICE::CreateAllocation", 0x95420, 0x9b },
  { "DXGALLOCATION::operator_new", 0x115550, 0x2a3 }, { "DXGDEVICE::DestroyAllocations", 0x193390, 0xd7 },
  { "DxgkDestroyAllocation2", 0x221e90, 0x2a3 },      { "DxgkCreateAllocation", 0x2ad850, 0x11e6 },
};

static const SampleFunction functions_of_afd[] = {
  { "AfdCreate", 0x2840, 0x11e6 },
  { "AfdRestartBufferSend", 0x13b40, 0x15c },
  { "AfdDispatchDeviceControl", 0x22640, 0x9b },
  { "AfdTLCreateEndpoint", 0x32fe0, 0x6b1 },
  { "AfdGetBufferSlow", 0x41e30, 0x9d4 },
  { "AfdReturnBuffer", 0x4fe90, 0x6b1 },
  { "AfdSend", 0x5e810, 0x2a3 },
  { "AfdDispatch", 0x6edd0, 0x15c },
  { "AfdCleanupCore", 0x7a1b0, 0x3f8 },
  { "AfdRestartReceive", 0x88c40, 0xd7 },
};

static const SampleFunction functions_of_e1i65x64[] = {
  { "INTERRUPT::MsgIntDpcTxRxProcessing", 0x2bd0, 0xd7 },
  { "RECEIVE::RxIndicateNBLs", 0x341f0, 0x9b },
};

static const SampleFunction functions_of_dxgmms2[] = {
  { "VidMmTerminateAllocation", 0x115b0, 0x6b1 },
};

static const SampleFunction functions_of_myfault[] = {
  { "MyfaultDispatch", 0x1c30, 0x11e6 },
  { "MyfaultDeviceControl", 0x3e50, 0x15c },
};

static const SampleFunction functions_of_win32kbase[] = {
  { "SURFACE::bDeleteSurface", 0x184e0, 0x3f8 }, { "AllocateObject", 0x8edf0, 0x15c },
  { "SURFMEM::bCreateDIB", 0xf5890, 0x2a3 },     { "Win32FreePool", 0x17a710, 0x3f8 },
  { "Win32AllocPool", 0x1f1600, 0x4e },
};

static const SampleFunction functions_of_win32kfull[] = {
  { "NtGdiCreateDIBSection", 0xa350, 0x6b1 },    { "xxxFreeWindow", 0x6cc70, 0x6b1 },
  { "xxxRealDefWindowProc", 0xd4a90, 0x2a3 },    { "NtGdiDeleteObjectApp", 0x14fce0, 0x15c },
  { "GreCreateDIBitmapReal", 0x1aad90, 0x11e6 }, { "DefSetText", 0x2187d0, 0x6b1 },
  { "NtUserMessageCall", 0x28c8a0, 0x9d4 },      { "NtUserDestroyWindow", 0x2ea570, 0x2a3 },
};

static const SampleFunction functions_of_ntdll[] = {
  { "NtCreateFile", 0x85b0, 0x9b },
  { "NtCreateEvent", 0x23760, 0x4e },
  { "NtMapViewOfSection", 0x48310, 0x3f8 },
  { "NtCreateThreadEx", 0x68c10, 0x6b1 },
  { "NtOpenKeyEx", 0x954f0, 0x11e6 },
  { "RtlUserThreadStart", 0xa9f50, 0x4e },
  { "NtDeviceIoControlFile", 0xd1a00, 0x9d4 },
  { "TppAlpcpExecuteCallback", 0xf3b50, 0x4e },
  { "NtReadFile", 0x11b5a0, 0x9b },
  { "NtSetValueKey", 0x13e4b0, 0x11e6 },
  { "NtDuplicateToken", 0x1529b0, 0x11e6 },
  { "NtUnmapViewOfSectionEx", 0x1733e0, 0x9d4 },
  { "NtClose", 0x19aab0, 0x9b },
  { "TppWorkerThread", 0x1bc900, 0x15c },
};

static const SampleFunction functions_of_kernel32[] = {
  { "BaseThreadInitThunk", 0xfbb0, 0x9d4 },
  { "DeviceIoControlImplementation", 0x3d3d0, 0x9b },
  { "CreateThreadStub", 0x70540, 0x2a3 },
};

static const SampleFunction functions_of_kernelbase[] = {
  { "CreateRemoteThreadEx", 0x169f0, 0x9d4 },
  { "MapViewOfFileEx", 0x3cb50, 0x11e6 },
  { "CloseHandle", 0x6eef0, 0x9d4 },
  { "LocalBaseRegOpenKey", 0xa71b0, 0x9d4 },
  { "RegOpenKeyExW", 0xe3260, 0x9b },
  { "UnmapViewOfFile", 0x10e910, 0x15c },
  { "RegSetValueExW", 0x1395f0, 0x9b },
  { "CreateEventW", 0x170ee0, 0x4e },
  { "CreateFileInternal", 0x19d770, 0x9d4 },
  { "CreateFileW", 0x1c90b0, 0x11e6 },
  { "ReadFile", 0x207610, 0x2a3 },
  { "DuplicateTokenEx", 0x237c70, 0x15c },
  { "LocalBaseRegSetValue", 0x2648a0, 0x9b },
  { "DeviceIoControl", 0x2a2ce0, 0x9b },
};

static const SampleFunction functions_of_rpcrt4[] = {
  { "LRPC_ADDRESS::ProcessIO", 0x11470, 0x2a3 },
  { "Invoke", 0x34c50, 0x3f8 },
  { "NdrStubCall2", 0x68bc0, 0x9d4 },
  { "LrpcIoComplete", 0xa10e0, 0x6b1 },
  { "DispatchToStubInCNoAvrf", 0xc2750, 0xd7 },
};

static const SampleFunction functions_of_user32[] = {
  { "UserCallWinProcCheckWow", 0x14530, 0xd7 },
  { "SetWindowTextW", 0x82a20, 0x3f8 },
  { "DispatchMessageWorker", 0xe7120, 0x3f8 },
};

static const SampleFunction functions_of_win32u[] = {
  { "NtGdiCreateDIBSection", 0x1c80, 0x4e },        { "NtUserMessageCall", 0x6bb0, 0x2a3 },
  { "NtGdiDeleteObjectApp", 0xba10, 0x9b },         { "NtUserDestroyWindow", 0x10490, 0x6b1 },
  { "NtGdiDdDDICreateAllocation", 0x13970, 0x3f8 }, { "NtGdiDdDDIDestroyAllocation2", 0x19910, 0x2a3 },
};

static const SampleFunction functions_of_gdi32full[] = {
  { "DeleteObject", 0x44d0, 0x2a3 },
  { "CreateDIBSection", 0x66dd0, 0x15c },
};

static const SampleFunction functions_of_ws2_32[] = {
  { "closesocket", 0xd5e0, 0x3f8 },
  { "WSASocketW", 0x27cf0, 0x6b1 },
  { "WSASend", 0x35f60, 0x6b1 },
};

static const SampleFunction functions_of_mswsock[] = {
  { "WSPSocket", 0x1ca0, 0x6b1 },
  { "WSPCloseSocket", 0x1d030, 0xd7 },
  { "WSPSend", 0x34e90, 0x2a3 },
  { "SockSocket", 0x472b0, 0x4e },
};

static const SampleFunction functions_of_combase[] = {
  { "CoCreateInstance", 0x9250, 0xd7 },
};

static const SampleFunction functions_of_shell32[] = {
  { "CRunnableTask::Run", 0x11a60, 0x6b1 },
  { "CEnumTask::InternalResumeRT", 0x184130, 0x2a3 },
  { "CFSFolder::_GetFullPath", 0x307850, 0x11e6 },
  { "CShellTask::TT_Run", 0x475a30, 0x9b },
};

static const SampleFunction functions_of_d3d11[] = {
  { "CResource::Release", 0xe4d0, 0x11e6 },
  { "CDevice::CreateTexture2D", 0xec7a0, 0x11e6 },
};

static const SampleFunction functions_of_schedsvc[] = {
  { "JobStore::OpenJobKey", 0x5770, 0x11e6 },
  { "JobStore::SaveRunTime", 0x30f40, 0x15c },
  { "JobStore::LoadJobs", 0x57800, 0xd7 },
  { "JobStore::Refresh", 0x89570, 0x11e6 },
};

static const SampleFunction functions_of_profsvc[] = {
  { "CUserProfile::WatchHive", 0x8a60, 0x3f8 },
};

static const SampleFunction functions_of_dnsrslvr[] = {
  { "SendQuery", 0xf320, 0x4e },
  { "OpenSocket", 0x29a90, 0x6b1 },
};

static const SampleFunction functions_of_diagtrack[] = {
  { "CEventStore::OpenSegment", 0xe700, 0x6b1 },
  { "CUploader::Start", 0x11ca00, 0x3f8 },
};

static const SampleFunction functions_of_lsasrv[] = {
  { "LsapAuApiDispatch", 0x180c0, 0xd7 },
  { "LsapDuplicateHandle", 0x97270, 0x9b },
};

static const SampleFunction functions_of_winsrvext[] = {
  { "NotificationThread", 0x2fc0, 0x6b1 },
};

static const SampleFunction functions_of_mssrch[] = {
  { "CGatherer::FetchItem", 0x14f80, 0x4e },
  { "CGathererThread::Run", 0xca240, 0x4e },
};

static const SampleFunction functions_of_mpsvc[] = {
  { "ScanFileStream", 0x1f4a0, 0x9d4 },
  { "CScanWorker::ProcessItem", 0x138580, 0x9b },
};

static const SampleFunction functions_of_explorer[] = {
  { "CTaskBand::_HandleWindowMessage", 0x1ef60, 0x9d4 },
  { "wWinMain", 0x146a60, 0x9b },
  { "CTray::_MessageLoop", 0x27ad20, 0xd7 },
};

static const SampleFunction functions_of_backgroundTaskHost[] = {
  { "RunTask", 0x25d0, 0x9b },
};

static const SampleFunction functions_of_NotMyfault[] = {
  { "WinMain", 0x8510, 0x9b },
  { "LeakPool", 0x216c0, 0x4e },
  { "__scrt_common_main_seh", 0x30380, 0xd7 },
  { "SendIoctl", 0x4b850, 0x4e },
};

static const SampleModule modules[] = {
  { "nt", "ntoskrnl.exe", "\\SystemRoot\\System32\\", 0xfffff80367c00000, 0x1046000, 0x6429feee, 0x9c8959,
    "ntkrnlmp.pdb", 1, 1, "NT Kernel & System", "Microsoft Corporation", "10.0.19041.4412",
    FUNCTIONS (functions_of_nt) },
  { "hal", "hal.dll", "\\SystemRoot\\System32\\", 0xfffff80367b00000, 0x6000, 0x6006137b, 0xe000, "hal.pdb",
    2, 1, "Hardware Abstraction Layer DLL", "Microsoft Corporation", "10.0.19041.4239", NO_FUNCTIONS },
  { "kd", "kd.dll", "\\SystemRoot\\System32\\", 0xfffff8036a200000, 0xb000, 0x6103ac8b, 0x13000, "kd.pdb", 3,
    1, "Local Kernel Debugger", "Microsoft Corporation", "10.0.19041.1", NO_FUNCTIONS },
  { "mcupdate", "mcupdate_GenuineIntel.dll", "\\SystemRoot\\System32\\", 0xfffff8036a210000, 0x29b000,
    0x64171fc9, 0x2a3000, "mcupdate_GenuineIntel.pdb", 4, 1, "Intel Microcode Update Library",
    "Microsoft Corporation", "10.0.19041.3996", NO_FUNCTIONS },
  { "clfs", "CLFS.SYS", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036a520000, 0x6a000, 0x6496b21d, 0x72000,
    "clfs.pdb", 5, 1, "Common Log File System Driver", "Microsoft Corporation", "10.0.19041.4355",
    NO_FUNCTIONS },
  { "ci", "CI.dll", "\\SystemRoot\\System32\\", 0xfffff8036a7d0000, 0xea000, 0x5fcba9b5, 0xf2000, "ci.pdb", 6,
    1, "Code Integrity Module", "Microsoft Corporation", "10.0.19041.4355", NO_FUNCTIONS },
  { "cng", "cng.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036a8c0000, 0xbb000, 0x61671d86, 0xc3000,
    "cng.pdb", 7, 1, "Kernel Cryptography, Next Generation", "Microsoft Corporation", "10.0.19041.4355",
    NO_FUNCTIONS },
  { "wdf01000", "Wdf01000.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036a980000, 0xd4000, 0x63a9c2be,
    0xdc000, "Wdf01000.pdb", 8, 1, "Kernel Mode Driver Framework Runtime", "Microsoft Corporation",
    "1.31.19041.3636", NO_FUNCTIONS },
  { "acpi", "ACPI.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036ab00000, 0xcc000, 0x621acab5, 0xd4000,
    "acpi.pdb", 9, 1, "ACPI Driver for NT", "Microsoft Corporation", "10.0.19041.4355", NO_FUNCTIONS },
  { "pci", "pci.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036abf0000, 0x74000, 0x60c9e5e6, 0x7c000,
    "pci.pdb", 10, 1, "NT Plug and Play PCI Enumerator", "Microsoft Corporation", "10.0.19041.3996",
    NO_FUNCTIONS },
  { "storahci", "storahci.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036ad60000, 0x32000, 0x5f025bfe,
    0x3a000, "storahci.pdb", 11, 1, "MS AHCI Storport Miniport Driver", "Microsoft Corporation",
    "10.0.19041.3636", NO_FUNCTIONS },
  { "storport", "storport.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036ada0000, 0xb0000, 0x634cc062,
    0xb8000, "storport.pdb", 12, 1, "Microsoft Storage Port Driver", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_storport) },
  { "fltmgr", "FLTMGR.SYS", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036ae90000, 0x73000, 0x62af7e91,
    0x7b000, "fltMgr.pdb", 13, 1, "Microsoft Filesystem Filter Manager", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_fltmgr) },
  { "fileinfo", "fileinfo.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036af10000, 0x1b000, 0x6187e631,
    0x23000, "fileinfo.pdb", 14, 1, "FileInfo Filter Driver", "Microsoft Corporation", "10.0.19041.1030",
    FUNCTIONS (functions_of_fileinfo) },
  { "wof", "Wof.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036af40000, 0x40000, 0x60f0592e, 0x48000,
    "wof.pdb", 15, 1, "Windows Overlay Filter", "Microsoft Corporation", "10.0.19041.3996", NO_FUNCTIONS },
  { "WdFilter", "WdFilter.sys", "\\SystemRoot\\system32\\drivers\\wd\\", 0xfffff8036af90000, 0x8a000,
    0x6335d116, 0x92000, "WdFilter.pdb", 16, 1, "Microsoft antimalware file system filter driver",
    "Microsoft Corporation", "4.18.24040.4", FUNCTIONS (functions_of_WdFilter) },
  { "Ntfs", "Ntfs.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b020000, 0x2dc000, 0x636042b5,
    0x2e4000, "ntfs.pdb", 17, 1, "NT File System Driver", "Microsoft Corporation", "10.0.19041.4412",
    FUNCTIONS (functions_of_Ntfs) },
  { "ndis", "ndis.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b340000, 0x170000, 0x5f3bf799,
    0x178000, "ndis.pdb", 18, 1, "Network Driver Interface Specification (NDIS)", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_ndis) },
  { "netio", "NETIO.SYS", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b4c0000, 0x98000, 0x64a32175,
    0xa0000, "netio.pdb", 19, 1, "Network I/O Subsystem", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_netio) },
  { "tcpip", "tcpip.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b610000, 0x2eb000, 0x61758cfe,
    0x1d516c, "tcpip.pdb", 20, 1, "TCP/IP Driver", "Microsoft Corporation", "10.0.19041.4412",
    FUNCTIONS (functions_of_tcpip) },
  { "fwpkclnt", "fwpkclnt.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b910000, 0x7a000, 0x5f2c9edd,
    0x82000, "fwpkclnt.pdb", 21, 1, "FWP/IPsec Kernel-Mode API", "Microsoft Corporation", "10.0.19041.4355",
    NO_FUNCTIONS },
  { "volsnap", "volsnap.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036b9e0000, 0x6d000, 0x62fc8a14,
    0x75000, "volsnap.pdb", 22, 1, "Volume Shadow Copy driver", "Microsoft Corporation", "10.0.19041.3996",
    NO_FUNCTIONS },
  { "mup", "mup.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036bb00000, 0x26000, 0x625c3148, 0x2e000,
    "mup.pdb", 23, 1, "Multiple UNC Provider Driver", "Microsoft Corporation", "10.0.19041.3636",
    NO_FUNCTIONS },
  { "disk", "disk.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036bb50000, 0x1c000, 0x610edc4c, 0x24000,
    "disk.pdb", 24, 1, "PnP Disk Driver", "Microsoft Corporation", "10.0.19041.1865", NO_FUNCTIONS },
  { "classpnp", "CLASSPNP.SYS", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036bb80000, 0x6d000, 0x6456be3e,
    0x75000, "classpnp.pdb", 25, 1, "SCSI Class System Dll", "Microsoft Corporation", "10.0.19041.3636",
    FUNCTIONS (functions_of_classpnp) },
  { "dxgkrnl", "dxgkrnl.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036bd40000, 0x3a5000, 0x61f634df,
    0x3ad000, "dxgkrnl.pdb", 26, 1, "DirectX Graphics Kernel", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_dxgkrnl) },
  { "afd", "afd.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036c1d0000, 0xa6000, 0x62f18c56, 0xae000,
    "afd.pdb", 27, 1, "Ancillary Function Driver for WinSock", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_afd) },
  { "e1i65x64", "e1i65x64.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036c400000, 0x9a000, 0x64910b89,
    0xa2000, "e1i65x64.pdb", 28, 1, "Intel(R) Gigabit Adapter NDIS 6.x driver", "Intel Corporation",
    "12.17.10.8", FUNCTIONS (functions_of_e1i65x64) },
  { "dxgmms2", "dxgmms2.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036c600000, 0xe1000, 0x64bf24f9,
    0xe9000, "dxgmms2.pdb", 29, 1, "DirectX Graphics MMS", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_dxgmms2) },
  { "http", "HTTP.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036d200000, 0x180000, 0x61e607f8,
    0x188000, "http.pdb", 30, 1, "HTTP Protocol Stack", "Microsoft Corporation", "10.0.19041.4291",
    NO_FUNCTIONS },
  { "srv2", "srv2.sys", "\\SystemRoot\\System32\\drivers\\", 0xfffff8036d500000, 0xc6000, 0x6095aac7, 0x47530,
    "srv2.pdb", 31, 1, "Smb 2.0 Server driver", "Microsoft Corporation", "10.0.19041.4291", NO_FUNCTIONS },
  { "myfault", "myfault.sys", "\\??\\C:\\Tools\\NotMyfault\\", 0xfffff8036e1a0000, 0x9000, 0x63a1f2e3,
    0x11000, "myfault.pdb", 32, 3, "Crash Test Driver", "Sysinternals - www.sysinternals.com", "4.20",
    FUNCTIONS (functions_of_myfault) },
  { "win32kbase", "win32kbase.sys", "\\SystemRoot\\System32\\", 0xffffa0d95e200000, 0x2d9000, 0x64e9bc94,
    0x2e1000, "win32kbase.pdb", 33, 1, "Base Win32k Kernel Driver", "Microsoft Corporation",
    "10.0.19041.4412", FUNCTIONS (functions_of_win32kbase) },
  { "win32kfull", "win32kfull.sys", "\\SystemRoot\\System32\\", 0xffffa0d95da00000, 0x3b4000, 0x5f8a1a07,
    0x3bc000, "win32kfull.pdb", 34, 1, "Full/Desktop Win32k Kernel Driver", "Microsoft Corporation",
    "10.0.19041.4412", FUNCTIONS (functions_of_win32kfull) },
  { "ntdll", "ntdll.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1c4d0000, 0x1f8000,
    0x62f72f42, 0x200000, "ntdll.pdb", 35, 1, "NT Layer DLL", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_ntdll) },
  { "kernel32", "kernel32.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1bc40000, 0xc2000,
    0x617e64d2, 0xca000, "kernel32.pdb", 36, 1, "Windows NT BASE API Client DLL", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_kernel32) },
  { "kernelbase", "KernelBase.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb19f10000,
    0x2f6000, 0x60d8b24a, 0x2fe000, "kernelbase.pdb", 37, 1, "Windows NT BASE API Client DLL",
    "Microsoft Corporation", "10.0.19041.4355", FUNCTIONS (functions_of_kernelbase) },
  { "rpcrt4", "rpcrt4.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1b2a0000, 0x123000,
    0x60c583cf, 0x12b000, "rpcrt4.pdb", 38, 1, "Remote Procedure Call Runtime", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_rpcrt4) },
  { "user32", "user32.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1af10000, 0x19e000,
    0x615c05c1, 0x1a6000, "user32.pdb", 39, 1, "Multi-User Windows USER API Client DLL",
    "Microsoft Corporation", "10.0.19041.4355", FUNCTIONS (functions_of_user32) },
  { "win32u", "win32u.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1a310000, 0x22000,
    0x63fd206e, 0x2a000, "win32u.pdb", 40, 1, "Win32u", "Microsoft Corporation", "10.0.19041.4412",
    FUNCTIONS (functions_of_win32u) },
  { "gdi32full", "gdi32full.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb19de0000, 0x117000,
    0x63e17b39, 0x11f000, "gdi32full.pdb", 41, 1, "GDI Client DLL", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_gdi32full) },
  { "ws2_32", "ws2_32.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1b990000, 0x6b000,
    0x60c95e2a, 0x73000, "ws2_32.pdb", 42, 1, "Windows Socket 2.0 32-Bit DLL", "Microsoft Corporation",
    "10.0.19041.3636", FUNCTIONS (functions_of_ws2_32) },
  { "mswsock", "mswsock.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb193a0000, 0x6a000,
    0x62561357, 0x72000, "mswsock.pdb", 43, 1, "Microsoft Windows Sockets 2.0 Service Provider",
    "Microsoft Corporation", "10.0.19041.3636", FUNCTIONS (functions_of_mswsock) },
  { "combase", "combase.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1a960000, 0x354000,
    0x63c227a3, 0x35c000, "combase.pdb", 44, 1, "Microsoft COM for Windows", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_combase) },
  { "shell32", "shell32.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1bd10000, 0x745000,
    0x6225ce58, 0x1cd4dc, "shell32.pdb", 45, 1, "Windows Shell Common Dll", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_shell32) },
  { "d3d11", "d3d11.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb16e00000, 0x265000,
    0x60b41ea5, 0xd1910, "d3d11.pdb", 46, 1, "Direct3D 11 Runtime", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_d3d11) },
  { "sechost", "sechost.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb1b5f0000, 0x9c000,
    0x63c4de4e, 0xa4000, "sechost.pdb", 47, 1, "Host for SCM/SDDL/LSA Lookup APIs", "Microsoft Corporation",
    "10.0.19041.3636", NO_FUNCTIONS },
  { "schedsvc", "schedsvc.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb134c0000, 0xd3000,
    0x6252b556, 0xdb000, "schedsvc.pdb", 48, 1, "Task Scheduler Service", "Microsoft Corporation",
    "10.0.19041.4355", FUNCTIONS (functions_of_schedsvc) },
  { "profsvc", "profsvc.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb15b40000, 0x6d000,
    0x64adca57, 0x75000, "profsvc.pdb", 49, 1, "ProfSvc", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_profsvc) },
  { "dnsrslvr", "dnsrslvr.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb15640000, 0x58000,
    0x60790bf3, 0x60000, "dnsrslvr.pdb", 50, 1, "DNS Caching Resolver Service", "Microsoft Corporation",
    "10.0.19041.4291", FUNCTIONS (functions_of_dnsrslvr) },
  { "diagtrack", "diagtrack.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb0f8a0000, 0x321000,
    0x6298dde2, 0x329000, "diagtrack.pdb", 51, 1, "Microsoft Windows Diagnostics Tracking",
    "Microsoft Corporation", "10.0.19041.4355", FUNCTIONS (functions_of_diagtrack) },
  { "lsasrv", "lsasrv.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb18c40000, 0x19b000,
    0x64dc9e47, 0x1a3000, "lsasrv.pdb", 52, 1, "LSA Server DLL", "Microsoft Corporation", "10.0.19041.4412",
    FUNCTIONS (functions_of_lsasrv) },
  { "winsrvext", "winsrvext.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb19830000, 0x16000,
    0x5fa2881e, 0x1e000, "winsrvext.pdb", 53, 1, "Windows Server Extension DLL", "Microsoft Corporation",
    "10.0.19041.3636", FUNCTIONS (functions_of_winsrvext) },
  { "mssrch", "mssrch.dll", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ffb10d20000, 0x245000,
    0x61a24a07, 0x24d000, "mssrch.pdb", 54, 1, "Microsoft Embedded Search", "Microsoft Corporation",
    "7.0.19041.4355", FUNCTIONS (functions_of_mssrch) },
  { "mpsvc", "MpSvc.dll",
    "\\Device\\HarddiskVolume3\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24040.4-0\\",
    0x7ffb08b40000, 0x3a8000, 0x607bedd0, 0x3b0000, "MpSvc.pdb", 55, 1, "Service Module",
    "Microsoft Corporation", "4.18.24040.4", FUNCTIONS (functions_of_mpsvc) },
  { "explorer", "explorer.exe", "\\Device\\HarddiskVolume3\\Windows\\", 0x7ff74a3d0000, 0x4d9000, 0x6332c912,
    0x4e1000, "explorer.pdb", 56, 1, "Windows Explorer", "Microsoft Corporation", "10.0.19041.4355",
    FUNCTIONS (functions_of_explorer) },
  { "svchost", "svchost.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff6b5120000, 0x10000,
    0x5f41517a, 0x18000, "svchost.pdb", 57, 1, "Host Process for Windows Services", "Microsoft Corporation",
    "10.0.19041.3636", NO_FUNCTIONS },
  { "services", "services.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff69f7b0000, 0xb9000,
    0x6450c09a, 0xc1000, "services.pdb", 58, 1, "Services and Controller app", "Microsoft Corporation",
    "10.0.19041.4355", NO_FUNCTIONS },
  { "smss", "smss.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff7f2610000, 0x2a000, 0x61fdb6b1,
    0x32000, "smss.pdb", 59, 1, "Windows Session Manager", "Microsoft Corporation", "10.0.19041.3996",
    NO_FUNCTIONS },
  { "csrss", "csrss.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff7a1bd0000, 0x7000,
    0x628a1b70, 0xf000, "csrss.pdb", 60, 1, "Client Server Runtime Process", "Microsoft Corporation",
    "10.0.19041.3636", NO_FUNCTIONS },
  { "lsass", "lsass.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff6c2f40000, 0x14000,
    0x5fdf252e, 0x1c000, "lsass.pdb", 61, 1, "Local Security Authority Process", "Microsoft Corporation",
    "10.0.19041.3996", NO_FUNCTIONS },
  { "backgroundTaskHost", "backgroundTaskHost.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\",
    0x7ff60d0e0000, 0x9000, 0x5fa03d59, 0x11000, "backgroundTaskHost.pdb", 62, 1, "Background Task Host",
    "Microsoft Corporation", "10.0.19041.3636", FUNCTIONS (functions_of_backgroundTaskHost) },
  { "NotMyfault", "NotMyfault.exe", "\\Device\\HarddiskVolume3\\Tools\\NotMyfault\\", 0x7ff7d6a40000, 0x78000,
    0x63a1f302, 0x80000, "NotMyfault.pdb", 63, 1, "Driver Bug Test Program",
    "Sysinternals - www.sysinternals.com", "4.20", FUNCTIONS (functions_of_NotMyfault) },
  { "SearchIndexer", "SearchIndexer.exe", "\\Device\\HarddiskVolume3\\Windows\\System32\\", 0x7ff6e8d10000,
    0xde000, 0x61cfcddb, 0xe6000, "SearchIndexer.pdb", 64, 1, "Microsoft Windows Search Indexer",
    "Microsoft Corporation", "7.0.19041.4355", NO_FUNCTIONS },
  { "MsMpEng", "MsMpEng.exe",
    "\\Device\\HarddiskVolume3\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24040.4-0\\",
    0x7ff6a9b20000, 0x22000, 0x5ffd5ac4, 0x2a000, "MsMpEng.pdb", 65, 1, "Antimalware Service Executable",
    "Microsoft Corporation", "4.18.24040.4", NO_FUNCTIONS },
};
