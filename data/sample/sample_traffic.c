#include "sample/sample_traffic.h"

/* Ends of stacks that many have in common. */
#define SYSTEM_CALL " nt!KiSystemServiceCopyEnd"
#define SYSTEM_THREAD " nt!PspSystemThreadStartup nt!KiStartSystemThread"
#define WORKER_THREAD " nt!ExpWorkerThread" SYSTEM_THREAD
#define OPEN_BY_NAME " nt!ObpLookupObjectName nt!ObOpenObjectByNameEx"
#define OPEN_FILE " nt!IopParseDevice" OPEN_BY_NAME " nt!IopCreateFile nt!NtCreateFile" SYSTEM_CALL
#define FILTERED_OPEN                                                                                        \
  " fltmgr!FltpPerformPreCallbacks fltmgr!FltpPassThroughInternal fltmgr!FltpCreate "                        \
  "nt!IofCallDriver" OPEN_FILE
#define NTFS_OPEN                                                                                            \
  " Ntfs!NtfsCommonCreate Ntfs!NtfsFsdCreate nt!IofCallDriver "                                              \
  "fltmgr!FltpLegacyProcessingAfterPreCallbacksCompleted"                                                    \
  " fltmgr!FltpCreate nt!IofCallDriver" OPEN_FILE
#define DEVICE_CONTROL                                                                                       \
  " nt!IofCallDriver nt!IopSynchronousServiceTail nt!IopXxxControlFile nt!NtDeviceIoControlFile" SYSTEM_CALL
#define CLOSE_HANDLE                                                                                         \
  " nt!ObpRemoveObjectRoutine nt!ObfDereferenceObjectWithTag nt!ObCloseHandleTableEntry "                    \
  "nt!NtClose" SYSTEM_CALL
#define RECEIVE_CALL                                                                                         \
  " tcpip!IpFlcReceivePackets tcpip!FlpReceiveNonPreValidatedNetBufferListChain "                            \
  "ndis!ndisMIndicateNetBufferListsToOpen"                                                                   \
  " ndis!NdisMIndicateReceiveNetBufferLists e1i65x64!RECEIVE::RxIndicateNBLs "                               \
  "e1i65x64!INTERRUPT::MsgIntDpcTxRxProcessing"                                                              \
  " ndis!ndisInterruptDpc nt!KiExecuteAllDpcs nt!KiRetireDpcList nt!KiIdleLoop"

#define THREAD_START " kernel32!BaseThreadInitThunk ntdll!RtlUserThreadStart"
#define POOL_THREAD " ntdll!TppWorkerThread" THREAD_START
#define RPC_THREAD                                                                                           \
  " rpcrt4!Invoke rpcrt4!NdrStubCall2 rpcrt4!DispatchToStubInCNoAvrf rpcrt4!LRPC_ADDRESS::ProcessIO"         \
  " rpcrt4!LrpcIoComplete ntdll!TppAlpcpExecuteCallback" POOL_THREAD
#define OPEN_CALL "ntdll!NtCreateFile kernelbase!CreateFileInternal kernelbase!CreateFileW"
#define CLOSE_CALL "ntdll!NtClose kernelbase!CloseHandle"

#define BIG 0x10000000u
#define NONPAGED 0x000u
#define NONPAGED_NX 0x200u
#define PAGED 0x001u

enum
{
  LEAK,
  IRP,
  FILE_OBJECT,
  THREAD,
  FLT_NAME,
  SECTION,
  CONTROL_AREA,
  CACHE_MAP,
  ETW_BUFFER,
  KEY,
  HIVE_BIN,
  NTFS_FCB,
  NTFS_CCB,
  AFD_BUFFER,
  NET_BUFFER,
  TCP_ENDPOINT,
  SURFACE,
  WINDOW_TEXT,
  TOKEN,
  OBJECT_NAME,
  FILE_NAME,
  EVENT,
  VAD,
  DEFENDER_STREAM,
  FILE_INFO,
  DXG,
  WORK_ITEM,
};

static const SampleTraffic traffics[] = {
  [LEAK] = { "Leak", NONPAGED, FALSE, 8600, 8600, SAMPLE_LIFE_HELD, 0, 0, 0,
             "nt!ExAllocatePoolWithTag myfault!MyfaultDeviceControl myfault!MyfaultDispatch" DEVICE_CONTROL,
             NULL, 1 },
  [IRP]
  = { "Irp ", NONPAGED_NX, FALSE, 280, 720, SAMPLE_LIFE_TIMED, 15, 0, 40,
      "nt!ExAllocatePoolWithTag nt!IopAllocateIrpPrivate nt!IopXxxControlFile "
      "nt!NtDeviceIoControlFile" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!IopFreeIrp nt!IopCompleteRequest nt!IopfCompleteRequest nt!IofCompleteRequest"
      " afd!AfdRestartReceive" WORKER_THREAD,
      3 },
  [FILE_OBJECT] = { "File", NONPAGED_NX, FALSE, 392, 408, SAMPLE_LIFE_TIMED, 900, 0, 900,
                    "nt!ExAllocatePoolWithTag nt!ObpAllocateObject nt!ObCreateObjectEx" OPEN_FILE,
                    "nt!ExFreePoolWithTag nt!ObpFreeObject" CLOSE_HANDLE, 4 },
  [THREAD]
  = { "Thre", NONPAGED_NX, FALSE, 2256, 2256, SAMPLE_LIFE_TIMED, 9000, 0, 60,
      "nt!ExAllocatePoolWithTag nt!ObpAllocateObject nt!ObCreateObjectEx nt!PspAllocateThread"
      " nt!PspCreateThread nt!NtCreateThreadEx" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!ObpFreeObject nt!ObpRemoveObjectRoutine nt!PspReaper" WORKER_THREAD, 2 },
  [FLT_NAME] = { "FMfn", PAGED, FALSE, 304, 1104, SAMPLE_LIFE_CACHE, 0, 700, 300,
                 "nt!ExAllocatePoolWithTag fltmgr!FltpAllocateNameCacheNode fltmgr!FltpGetFileNameInformation"
                 " fltmgr!FltGetFileNameInformation WdFilter!MpGetFileNameInformation "
                 "WdFilter!MpPreCreate" FILTERED_OPEN,
                 "nt!ExFreePoolWithTag fltmgr!FltpFreeNameCacheNode fltmgr!FltpPurgeNameCache"
                 " fltmgr!FltpCacheCreateNames" FILTERED_OPEN,
                 4 },
  [SECTION]
  = { "MmSt", PAGED | BIG, FALSE, 4096, 24576, SAMPLE_LIFE_FILL, 0, 4200, 150,
      "nt!ExAllocatePoolWithTag nt!MiCreateDataFileMap nt!MiCreateNewSection nt!MiCreateSection"
      " nt!MmCreateSection nt!CcInitializeCacheMap Ntfs!NtfsCachedRead Ntfs!NtfsCommonRead Ntfs!NtfsFsdRead"
      " nt!IofCallDriver fltmgr!FltpDispatch nt!IofCallDriver nt!IopSynchronousServiceTail "
      "nt!NtReadFile" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!MiSegmentDelete nt!MiProcessDereferenceList "
      "nt!MiDereferenceSegmentThread" SYSTEM_THREAD,
      3 },
  [CONTROL_AREA]
  = { "MmCa", NONPAGED_NX, FALSE, 384, 512, SAMPLE_LIFE_FILL, 0, 4200, 150,
      "nt!ExAllocatePoolWithTag nt!MiAllocateControlArea nt!MiCreateNewSection nt!MiCreateSection"
      " nt!MmCreateSection nt!CcInitializeCacheMap Ntfs!NtfsCachedRead Ntfs!NtfsCommonRead Ntfs!NtfsFsdRead"
      " nt!IofCallDriver fltmgr!FltpDispatch nt!IofCallDriver nt!IopSynchronousServiceTail "
      "nt!NtReadFile" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!MiSegmentDelete nt!MiProcessDereferenceList"
      " nt!MiDereferenceSegmentThread" SYSTEM_THREAD,
      3 },
  [CACHE_MAP]
  = { "CcSc", NONPAGED_NX, FALSE, 592, 592, SAMPLE_LIFE_FILL, 0, 4200, 100,
      "nt!ExAllocatePoolWithTag nt!CcInitializeCacheMap Ntfs!NtfsCachedRead Ntfs!NtfsCommonRead"
      " Ntfs!NtfsFsdRead nt!IofCallDriver fltmgr!FltpDispatch nt!IofCallDriver nt!IopSynchronousServiceTail"
      " nt!NtReadFile" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!CcDeleteSharedCacheMap nt!CcLazyWriteScan nt!CcWorkerThread" WORKER_THREAD,
      2 },
  [ETW_BUFFER] = { "EtwB", NONPAGED_NX | BIG, FALSE, 1048576, 1048576, SAMPLE_LIFE_FILL, 0, 36, 0,
                   "nt!ExAllocatePoolWithTag nt!EtwpAllocateTraceBuffer nt!EtwpAllocateTraceBufferPool"
                   " nt!EtwpAdjustTraceBuffers nt!EtwpLogger" SYSTEM_THREAD,
                   "nt!ExFreePoolWithTag nt!EtwpFreeTraceBuffer nt!EtwpLogger" SYSTEM_THREAD, 1 },
  [KEY]
  = { "Key ", PAGED, FALSE, 208, 208, SAMPLE_LIFE_HELD, 0, 0, 0,
      "nt!ExAllocatePoolWithTag nt!ObpAllocateObject nt!ObCreateObjectEx nt!CmpCreateKeyBody nt!CmpDoParseKey"
      " nt!CmpParseKey" OPEN_BY_NAME " nt!CmOpenKey nt!NtOpenKeyEx" SYSTEM_CALL,
      NULL, 2 },
  [HIVE_BIN]
  = { "CM31", PAGED | BIG, FALSE, 4096, 8192, SAMPLE_LIFE_HELD, 0, 0, 0,
      "nt!ExAllocatePoolWithTag nt!HvpAddBin nt!HvpDoAllocateCell nt!HvAllocateCell nt!CmpSetValueKeyNew"
      " nt!CmSetValueKey nt!NtSetValueKey" SYSTEM_CALL,
      NULL, 1 },
  [NTFS_FCB] = { "NtfF", PAGED, FALSE, 368, 480, SAMPLE_LIFE_TIMED, 2500, 0, 500,
                 "nt!ExAllocatePoolWithTag Ntfs!NtfsCreateFcb Ntfs!NtfsOpenFile" NTFS_OPEN,
                 "nt!ExFreePoolWithTag Ntfs!NtfsDeleteFcb Ntfs!NtfsTeardownStructures Ntfs!NtfsCommonClose"
                 " Ntfs!NtfsFspClose" WORKER_THREAD,
                 3 },
  [NTFS_CCB]
  = { "NtFC", PAGED, FALSE, 112, 224, SAMPLE_LIFE_TIMED, 900, 0, 300,
      "nt!ExAllocatePoolWithTag Ntfs!NtfsCreateCcb Ntfs!NtfsOpenFile" NTFS_OPEN,
      "nt!ExFreePoolWithTag Ntfs!NtfsDeleteCcb Ntfs!NtfsCommonClose Ntfs!NtfsFsdClose nt!IofCallDriver"
      " fltmgr!FltpDispatch nt!IofCallDriver nt!IopDeleteFile" CLOSE_HANDLE,
      3 },
  [AFD_BUFFER]
  = { "AfdB", NONPAGED_NX, FALSE, 512, 4000, SAMPLE_LIFE_TIMED, 30, 0, 30,
      "nt!ExAllocatePoolWithTag afd!AfdGetBufferSlow afd!AfdSend afd!AfdDispatchDeviceControl" DEVICE_CONTROL,
      "nt!ExFreePoolWithTag afd!AfdReturnBuffer afd!AfdRestartBufferSend nt!IopfCompleteRequest"
      " nt!IofCompleteRequest tcpip!TcpCompleteSend" WORKER_THREAD,
      2 },
  [NET_BUFFER]
  = { "NDnd", NONPAGED_NX, FALSE, 256, 2048, SAMPLE_LIFE_TIMED, 4, 0, 20,
      "nt!ExAllocatePoolWithTag ndis!NdisAllocateNetBufferListContext "
      "netio!NetioAllocateAndReferenceNetBufferList"
      " tcpip!TcpDeliverReceive tcpip!TcpTcbFastDatagram" RECEIVE_CALL,
      "nt!ExFreePoolWithTag ndis!NdisFreeNetBufferListContext netio!NetioDereferenceNetBufferList"
      " tcpip!TcpFlushDelay tcpip!TcpTcbReceive" RECEIVE_CALL,
      4 },
  [TCP_ENDPOINT]
  = { "TcpE", NONPAGED_NX, FALSE, 664, 664, SAMPLE_LIFE_TIMED, 3500, 0, 60,
      "nt!ExAllocatePoolWithTag tcpip!TcpCreateEndpoint tcpip!TcpTlProviderEndpoint afd!AfdTLCreateEndpoint"
      " afd!AfdCreate nt!IofCallDriver" OPEN_FILE,
      "nt!ExFreePoolWithTag tcpip!TcpDereferenceEndpoint tcpip!TcpCloseEndpoint afd!AfdCleanupCore"
      " afd!AfdDispatch nt!IofCallDriver nt!IopCloseFile" CLOSE_HANDLE,
      2 },
  [SURFACE] = { "Gh05", PAGED | 0x20, TRUE, 640, 65536, SAMPLE_LIFE_TIMED, 1200, 0, 80,
                "nt!ExAllocatePoolWithTag win32kbase!Win32AllocPool win32kbase!AllocateObject"
                " win32kbase!SURFMEM::bCreateDIB win32kfull!GreCreateDIBitmapReal "
                "win32kfull!NtGdiCreateDIBSection" SYSTEM_CALL,
                "nt!ExFreePoolWithTag win32kbase!Win32FreePool win32kbase!SURFACE::bDeleteSurface"
                " win32kfull!NtGdiDeleteObjectApp" SYSTEM_CALL,
                4 },
  [WINDOW_TEXT] = { "Ustx", PAGED | 0x20, TRUE, 32, 272, SAMPLE_LIFE_TIMED, 4000, 0, 100,
                    "nt!ExAllocatePoolWithTag win32kbase!Win32AllocPool win32kfull!DefSetText "
                    "win32kfull!xxxRealDefWindowProc"
                    " win32kfull!NtUserMessageCall" SYSTEM_CALL,
                    "nt!ExFreePoolWithTag win32kbase!Win32FreePool win32kfull!xxxFreeWindow "
                    "win32kfull!NtUserDestroyWindow" SYSTEM_CALL,
                    2 },
  [TOKEN] = { "Toke", PAGED, FALSE, 1296, 1936, SAMPLE_LIFE_TIMED, 700, 0, 80,
              "nt!ExAllocatePoolWithTag nt!ObpAllocateObject nt!ObCreateObjectEx nt!SepDuplicateToken"
              " nt!NtDuplicateToken" SYSTEM_CALL,
              "nt!ExFreePoolWithTag nt!ObpFreeObject nt!SepTokenDeleteMethod" CLOSE_HANDLE, 2 },
  [OBJECT_NAME] = { "ObNm", PAGED, FALSE, 32, 256, SAMPLE_LIFE_OPERATION, 0, 0, 0,
                    "nt!ExAllocatePoolWithTag nt!ObpAllocateObjectNameBuffer nt!ObpCaptureObjectName"
                    " nt!ObpCaptureObjectCreateInformation nt!ObOpenObjectByNameEx nt!IopCreateFile "
                    "nt!NtCreateFile" SYSTEM_CALL,
                    "nt!ExFreePoolWithTag nt!ObpFreeObjectNameBuffer nt!ObOpenObjectByNameEx nt!IopCreateFile"
                    " nt!NtCreateFile" SYSTEM_CALL,
                    2 },
  [FILE_NAME]
  = { "IoNm", PAGED, FALSE, 64, 480, SAMPLE_LIFE_TIMED, 900, 0, 400, "nt!ExAllocatePoolWithTag" OPEN_FILE,
      "nt!ExFreePoolWithTag nt!IopDeleteFile" CLOSE_HANDLE, 3 },
  [EVENT]
  = { "Even", NONPAGED_NX, FALSE, 128, 128, SAMPLE_LIFE_TIMED, 1500, 0, 250,
      "nt!ExAllocatePoolWithTag nt!ObpAllocateObject nt!ObCreateObjectEx nt!NtCreateEvent" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!ObpFreeObject" CLOSE_HANDLE, 3 },
  [VAD]
  = { "Vad ", NONPAGED_NX, FALSE, 160, 160, SAMPLE_LIFE_TIMED, 2500, 0, 250,
      "nt!ExAllocatePoolWithTag nt!MiAllocateVad nt!MiMapViewOfDataSection nt!NtMapViewOfSection" SYSTEM_CALL,
      "nt!ExFreePoolWithTag nt!MiDeleteVad nt!MiUnmapViewOfSection nt!NtUnmapViewOfSectionEx" SYSTEM_CALL,
      3 },
  [DEFENDER_STREAM]
  = { "MPsc", PAGED, FALSE, 448, 448, SAMPLE_LIFE_FILL, 0, 700, 100,
      "nt!ExAllocatePoolWithTag fltmgr!FltAllocateContext WdFilter!MpCreateStreamContext"
      " WdFilter!MpPostCreate fltmgr!FltpPerformPostCallbacks fltmgr!FltpPassThroughCompletion"
      " fltmgr!FltpCreate nt!IofCallDriver" OPEN_FILE,
      "nt!ExFreePoolWithTag fltmgr!FltpFreeContext fltmgr!DeleteStreamListCtrlCallback"
      " nt!FsRtlTeardownPerStreamContexts Ntfs!NtfsDeleteScb Ntfs!NtfsTeardownStructures"
      " Ntfs!NtfsFspClose" WORKER_THREAD,
      2 },
  [FILE_INFO]
  = { "FIcs", PAGED, FALSE, 176, 176, SAMPLE_LIFE_CACHE, 0, 400, 150,
      "nt!ExAllocatePoolWithTag fltmgr!FltAllocateContext fileinfo!FIStreamGetInfo "
      "fileinfo!FIPostCreateCallback"
      " fltmgr!FltpPerformPostCallbacks fltmgr!FltpPassThroughCompletion fltmgr!FltpCreate "
      "nt!IofCallDriver" OPEN_FILE,
      "nt!ExFreePoolWithTag fltmgr!FltpFreeContext fileinfo!FIStreamCleanup nt!FsRtlTeardownPerStreamContexts"
      " Ntfs!NtfsDeleteScb Ntfs!NtfsFspClose" WORKER_THREAD,
      2 },
  [DXG] = { "DxgK", PAGED, FALSE, 96, 1200, SAMPLE_LIFE_TIMED, 35, 0, 60,
            "nt!ExAllocatePoolWithTag dxgkrnl!DXGALLOCATION::operator_new dxgkrnl!DXGDEVICE::CreateAllocation"
            " dxgkrnl!DxgkCreateAllocationInternal dxgkrnl!DxgkCreateAllocation" SYSTEM_CALL,
            "nt!ExFreePoolWithTag dxgkrnl!DXGDEVICE::DestroyAllocations dxgmms2!VidMmTerminateAllocation"
            " dxgkrnl!DxgkDestroyAllocation2" SYSTEM_CALL,
            3 },
  [WORK_ITEM] = { "IoWI", NONPAGED_NX, FALSE, 88, 88, SAMPLE_LIFE_TIMED, 8, 0, 10,
                  "nt!ExAllocatePoolWithTag nt!IoAllocateWorkItem storport!RaidUnitCompleteRequest"
                  " storport!RaidpAdapterDpcRoutine nt!KiExecuteAllDpcs nt!KiRetireDpcList nt!KiIdleLoop",
                  "nt!ExFreePoolWithTag nt!IoFreeWorkItem classpnp!ClasspWorkItemCallback "
                  "nt!IopProcessWorkItem" WORKER_THREAD,
                  2 },
};

#define EXPLORER_TASK                                                                                        \
  " shell32!CFSFolder::_GetFullPath shell32!CEnumTask::InternalResumeRT shell32!CRunnableTask::Run"          \
  " shell32!CShellTask::TT_Run" POOL_THREAD
#define EXPLORER_CLOSE                                                                                       \
  CLOSE_CALL " shell32!CEnumTask::InternalResumeRT shell32!CRunnableTask::Run "                              \
             "shell32!CShellTask::TT_Run" POOL_THREAD
#define EXPLORER_MESSAGES                                                                                    \
  " explorer!CTaskBand::_HandleWindowMessage user32!UserCallWinProcCheckWow user32!DispatchMessageWorker"    \
  " explorer!CTray::_MessageLoop explorer!wWinMain" THREAD_START
#define DEFENDER_SCAN " mpsvc!ScanFileStream mpsvc!CScanWorker::ProcessItem" POOL_THREAD
#define INDEXER_CRAWL " mssrch!CGatherer::FetchItem mssrch!CGathererThread::Run" THREAD_START
#define SCHEDULE_JOBS " schedsvc!JobStore::LoadJobs schedsvc!JobStore::Refresh" RPC_THREAD

static const SampleOperation operations[] = {
  { SAMPLE_ROLE_NOTMYFAULT,
    285,
    "ntdll!NtDeviceIoControlFile kernelbase!DeviceIoControl kernel32!DeviceIoControlImplementation"
    " NotMyfault!SendIoctl NotMyfault!LeakPool NotMyfault!WinMain "
    "NotMyfault!__scrt_common_main_seh" THREAD_START,
    NULL,
    { { LEAK, 100, 3 }, { IRP, 6, 1 } },
    2 },
  { SAMPLE_ROLE_BACKGROUND_TASK,
    90,
    OPEN_CALL " combase!CoCreateInstance backgroundTaskHost!RunTask" THREAD_START,
    CLOSE_CALL " backgroundTaskHost!RunTask" THREAD_START,
    { { OBJECT_NAME, 100, 1 }, { FILE_OBJECT, 100, 1 }, { FILE_NAME, 100, 1 }, { FLT_NAME, 60, 1 } },
    4 },
  { SAMPLE_ROLE_EXPLORER,
    45,
    OPEN_CALL EXPLORER_TASK,
    EXPLORER_CLOSE,
    { { OBJECT_NAME, 100, 1 },
      { FILE_NAME, 100, 1 },
      { FILE_OBJECT, 100, 1 },
      { FLT_NAME, 70, 1 },
      { NTFS_CCB, 90, 1 } },
    5 },
  { SAMPLE_ROLE_EXPLORER,
    55,
    "win32u!NtGdiCreateDIBSection gdi32full!CreateDIBSection" EXPLORER_MESSAGES,
    "win32u!NtGdiDeleteObjectApp gdi32full!DeleteObject" EXPLORER_MESSAGES,
    { { SURFACE, 100, 2 } },
    1 },
  { SAMPLE_ROLE_EXPLORER,
    30,
    "win32u!NtUserMessageCall user32!SetWindowTextW" EXPLORER_MESSAGES,
    "win32u!NtUserDestroyWindow" EXPLORER_MESSAGES,
    { { WINDOW_TEXT, 100, 1 } },
    1 },
  { SAMPLE_ROLE_EXPLORER,
    40,
    "win32u!NtGdiDdDDICreateAllocation d3d11!CDevice::CreateTexture2D" EXPLORER_MESSAGES,
    "win32u!NtGdiDdDDIDestroyAllocation2 d3d11!CResource::Release" EXPLORER_MESSAGES,
    { { DXG, 100, 2 } },
    1 },
  { SAMPLE_ROLE_SCHEDULE,
    60,
    "ntdll!NtOpenKeyEx kernelbase!LocalBaseRegOpenKey kernelbase!RegOpenKeyExW "
    "schedsvc!JobStore::OpenJobKey" SCHEDULE_JOBS,
    NULL,
    { { KEY, 100, 1 } },
    1 },
  { SAMPLE_ROLE_SCHEDULE,
    9,
    "ntdll!NtSetValueKey kernelbase!LocalBaseRegSetValue kernelbase!RegSetValueExW "
    "schedsvc!JobStore::SaveRunTime" SCHEDULE_JOBS,
    NULL,
    { { HIVE_BIN, 100, 1 } },
    1 },
  { SAMPLE_ROLE_PROFILE,
    35,
    "ntdll!NtCreateEvent kernelbase!CreateEventW profsvc!CUserProfile::WatchHive" POOL_THREAD,
    CLOSE_CALL " profsvc!CUserProfile::WatchHive" POOL_THREAD,
    { { EVENT, 100, 2 }, { TOKEN, 15, 1 } },
    2 },
  { SAMPLE_ROLE_NETWORK,
    110,
    "ntdll!NtDeviceIoControlFile mswsock!WSPSend ws2_32!WSASend dnsrslvr!SendQuery" POOL_THREAD,
    NULL,
    { { AFD_BUFFER, 100, 1 }, { IRP, 60, 1 } },
    2 },
  { SAMPLE_ROLE_NETWORK,
    14,
    "ntdll!NtCreateFile mswsock!SockSocket mswsock!WSPSocket ws2_32!WSASocketW "
    "dnsrslvr!OpenSocket" POOL_THREAD,
    CLOSE_CALL " mswsock!WSPCloseSocket ws2_32!closesocket dnsrslvr!SendQuery" POOL_THREAD,
    { { FILE_OBJECT, 100, 1 }, { TCP_ENDPOINT, 100, 1 } },
    2 },
  { SAMPLE_ROLE_TELEMETRY,
    30,
    OPEN_CALL " diagtrack!CEventStore::OpenSegment" POOL_THREAD,
    CLOSE_CALL " diagtrack!CEventStore::OpenSegment" POOL_THREAD,
    { { OBJECT_NAME, 100, 1 },
      { FILE_NAME, 100, 1 },
      { FILE_OBJECT, 100, 1 },
      { FILE_INFO, 80, 1 },
      { NTFS_FCB, 70, 1 } },
    5 },
  { SAMPLE_ROLE_TELEMETRY,
    5,
    "ntdll!NtCreateThreadEx kernelbase!CreateRemoteThreadEx kernel32!CreateThreadStub"
    " diagtrack!CUploader::Start" POOL_THREAD,
    NULL,
    { { THREAD, 100, 1 }, { EVENT, 80, 1 } },
    2 },
  { SAMPLE_ROLE_DEFENDER,
    70,
    OPEN_CALL DEFENDER_SCAN,
    CLOSE_CALL DEFENDER_SCAN,
    { { FILE_NAME, 100, 1 },
      { FILE_OBJECT, 100, 1 },
      { FLT_NAME, 60, 1 },
      { DEFENDER_STREAM, 70, 1 },
      { NTFS_CCB, 60, 1 } },
    5 },
  { SAMPLE_ROLE_DEFENDER,
    40,
    "ntdll!NtMapViewOfSection kernelbase!MapViewOfFileEx" DEFENDER_SCAN,
    "ntdll!NtUnmapViewOfSectionEx kernelbase!UnmapViewOfFile" DEFENDER_SCAN,
    { { VAD, 100, 1 } },
    1 },
  { SAMPLE_ROLE_INDEXER,
    175,
    "ntdll!NtReadFile kernelbase!ReadFile" INDEXER_CRAWL,
    NULL,
    { { SECTION, 100, 1 }, { CONTROL_AREA, 100, 1 }, { CACHE_MAP, 100, 1 } },
    3 },
  { SAMPLE_ROLE_INDEXER,
    40,
    OPEN_CALL INDEXER_CRAWL,
    CLOSE_CALL INDEXER_CRAWL,
    { { OBJECT_NAME, 100, 1 },
      { FILE_OBJECT, 100, 1 },
      { NTFS_FCB, 100, 1 },
      { NTFS_CCB, 100, 1 },
      { FILE_INFO, 60, 1 } },
    5 },
  { SAMPLE_ROLE_SECURITY,
    25,
    "ntdll!NtDuplicateToken kernelbase!DuplicateTokenEx lsasrv!LsapDuplicateHandle "
    "lsasrv!LsapAuApiDispatch" RPC_THREAD,
    CLOSE_CALL " lsasrv!LsapAuApiDispatch" RPC_THREAD,
    { { TOKEN, 100, 1 }, { EVENT, 40, 1 } },
    2 },
  { SAMPLE_ROLE_WINDOWS,
    25,
    "win32u!NtUserMessageCall winsrvext!NotificationThread" THREAD_START,
    "win32u!NtUserDestroyWindow winsrvext!NotificationThread" THREAD_START,
    { { WINDOW_TEXT, 100, 1 }, { EVENT, 30, 1 } },
    2 },
  { SAMPLE_ROLE_RECORDER, 1.8, NULL, NULL, { { ETW_BUFFER, 100, 1 } }, 1 },
  { SAMPLE_ROLE_INTERRUPTED, 140, NULL, NULL, { { NET_BUFFER, 100, 2 } }, 1 },
  { SAMPLE_ROLE_INTERRUPTED, 40, NULL, NULL, { { WORK_ITEM, 100, 1 } }, 1 },
};

/* Returns: (transfer none) (array length=n_traffics): the kinds of blocks. */
const SampleTraffic *
sample_traffic_get (guint *n_traffics)
{
  *n_traffics = G_N_ELEMENTS (traffics);
  return traffics;
}

/* Returns: (transfer none) (array length=n_operations): what the processes do again and again. */
const SampleOperation *
sample_operations_get (guint *n_operations)
{
  *n_operations = G_N_ELEMENTS (operations);
  return operations;
}
