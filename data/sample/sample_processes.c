#include "sample/sample_processes.h"

#define BASE_MODULES " ntdll kernel32 kernelbase"
#define SERVICE_MODULES "svchost" BASE_MODULES " sechost rpcrt4 combase"
#define PROCESS(pid, parent, session, name, line, sid)                                                       \
  {                                                                                                          \
    .unique_key = 0xFFFFA304A1000080u + (pid)*0x1440u, .process_id = (pid), .parent_id = (parent),           \
    .session_id = (session), .directory_table = 0x1AB000000u + (pid)*0x1000u, .n_sub_authorities = (sid),    \
    .exit_status = 259, .image_name = (name), .command_line = (line)                                         \
  }

static const SampleProcess processes[] = {
  { PROCESS (0, 0, 0xFFFFFFFFu, "Idle", "", 0), "", 0, 0 },
  { PROCESS (4, 0, 0xFFFFFFFFu, "System", "", 0), "", 0, 0 },
  { PROCESS (92, 4, 0xFFFFFFFFu, "Registry", "", 0), "", 0, 0 },
  { PROCESS (356, 4, 0xFFFFFFFFu, "smss.exe", "\\SystemRoot\\System32\\smss.exe", 1), "smss ntdll", 0, 0 },
  { PROCESS (460, 448, 0, "csrss.exe",
             "%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows"
             " SharedSection=1024,20480,768 Windows=On SubSystemType=Windows",
             1),
    "csrss ntdll kernelbase winsrvext", 0, 0 },
  { PROCESS (532, 448, 0, "wininit.exe", "wininit.exe", 1), "ntdll kernel32 kernelbase", 0, 0 },
  { PROCESS (544, 524, 1, "csrss.exe",
             "%SystemRoot%\\system32\\csrss.exe ObjectDirectory=\\Windows"
             " SharedSection=1024,20480,768 Windows=On SubSystemType=Windows",
             1),
    "csrss" BASE_MODULES " win32u user32 winsrvext", 0, 0 },
  { PROCESS (612, 524, 1, "winlogon.exe", "winlogon.exe", 1), "ntdll kernel32 kernelbase win32u user32", 0,
    0 },
  { PROCESS (672, 532, 0, "services.exe", "C:\\Windows\\system32\\services.exe", 1),
    "services" BASE_MODULES " rpcrt4", 0, 0 },
  { PROCESS (692, 532, 0, "lsass.exe", "C:\\Windows\\system32\\lsass.exe", 1),
    "lsass" BASE_MODULES " rpcrt4 lsasrv", 0, 0 },
  { PROCESS (812, 672, 0, "svchost.exe", "C:\\Windows\\system32\\svchost.exe -k DcomLaunch -p", 1),
    SERVICE_MODULES, 0, 0 },
  { PROCESS (908, 672, 0, "svchost.exe", "C:\\Windows\\system32\\svchost.exe -k RPCSS -p", 2),
    SERVICE_MODULES, 0, 0 },
  { PROCESS (1180, 672, 0, "svchost.exe", "C:\\Windows\\system32\\svchost.exe -k netsvcs -p", 1),
    SERVICE_MODULES " schedsvc profsvc", 0, 0 },
  { PROCESS (1340, 672, 0, "svchost.exe",
             "C:\\Windows\\system32\\svchost.exe -k NetworkService -p -s Dnscache", 2),
    SERVICE_MODULES " ws2_32 mswsock dnsrslvr", 0, 0 },
  { PROCESS (1764, 672, 0, "svchost.exe", "C:\\Windows\\System32\\svchost.exe -k utcsvc -p", 1),
    SERVICE_MODULES " diagtrack", 0, 0 },
  { PROCESS (2480, 672, 0, "MsMpEng.exe",
             "\"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24040.4-0\\MsMpEng.exe\"", 1),
    "MsMpEng" BASE_MODULES " mpsvc", 0, 0 },
  { PROCESS (3308, 672, 0, "SearchIndexer.exe", "C:\\Windows\\system32\\SearchIndexer.exe /Embedding", 1),
    "SearchIndexer" BASE_MODULES " mssrch", 0, 0 },
  { PROCESS (4120, 4088, 1, "explorer.exe", "C:\\Windows\\Explorer.EXE", 5),
    "explorer" BASE_MODULES " user32 win32u gdi32full combase shell32 d3d11", 0, 0 },
  { PROCESS (5312, 812, 1, "backgroundTaskHost.exe",
             "\"C:\\Windows\\system32\\backgroundTaskHost.exe\" "
             "-ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca",
             5),
    "backgroundTaskHost" BASE_MODULES " combase", 0, 2.1 },
  { PROCESS (5312, 4120, 1, "NotMyfault.exe", "\"C:\\Tools\\NotMyfault\\NotMyfault.exe\" /accepteula", 5),
    "NotMyfault" BASE_MODULES " user32 win32u gdi32full", 3.0, 0 },
  { PROCESS (6020, 4120, 1, "wpr.exe", "wpr.exe -start PoolTagLeak.wprp -filemode", 5),
    "ntdll kernel32 kernelbase", 0, 0 },
};

static const SampleThread threads[] = {
  { 0, 0, SAMPLE_ROLE_INTERRUPTED, 0, NULL },
  { 4, 124, SAMPLE_ROLE_WORKER, 0, NULL },
  { 4, 128, SAMPLE_ROLE_WORKER, 0, NULL },
  { 4, 9236, SAMPLE_ROLE_WORKER, 0, NULL },
  { 4, 1996, SAMPLE_ROLE_RECORDER, 0, "EtwpLogger" },

  { 544, 588, SAMPLE_ROLE_WINDOWS, 0, NULL },
  { 544, 640, SAMPLE_ROLE_WINDOWS, 0, NULL },
  { 692, 720, SAMPLE_ROLE_SECURITY, 0, NULL },
  { 692, 1068, SAMPLE_ROLE_SECURITY, 0, NULL },
  { 1180, 1332, SAMPLE_ROLE_SCHEDULE, 61, "Schedule" },
  { 1180, 1364, SAMPLE_ROLE_SCHEDULE, 61, NULL },
  { 1180, 1452, SAMPLE_ROLE_PROFILE, 64, NULL },
  { 1340, 1588, SAMPLE_ROLE_NETWORK, 72, NULL },
  { 1340, 1596, SAMPLE_ROLE_NETWORK, 72, NULL },
  { 1764, 2124, SAMPLE_ROLE_TELEMETRY, 83, NULL },
  { 1764, 2236, SAMPLE_ROLE_TELEMETRY, 83, NULL },
  { 2480, 2612, SAMPLE_ROLE_DEFENDER, 0, "Scan" },
  { 2480, 2616, SAMPLE_ROLE_DEFENDER, 0, "Scan" },
  { 2480, 2620, SAMPLE_ROLE_DEFENDER, 0, "Scan" },
  { 3308, 3412, SAMPLE_ROLE_INDEXER, 0, NULL },
  { 3308, 3416, SAMPLE_ROLE_INDEXER, 0, NULL },
  { 4120, 4124, SAMPLE_ROLE_EXPLORER, 0, "Explorer" },
  { 4120, 4212, SAMPLE_ROLE_EXPLORER, 0, NULL },
  { 5312, 5316, SAMPLE_ROLE_BACKGROUND_TASK, 0, NULL },
  { 5312, 5540, SAMPLE_ROLE_NOTMYFAULT, 0, NULL },
};

/* States as the service manager counts them; 4 is running. */
static const EtlService services[] = {
  { 812, 4, 41, "DcomLaunch", "DCOM Server Process Launcher", "svchost.exe", "COM Infrastructure",
    "DcomLaunch" },
  { 908, 4, 48, "RpcSs", "Remote Procedure Call (RPC)", "svchost.exe", "COM Infrastructure", "rpcss" },
  { 1180, 4, 61, "Schedule", "Task Scheduler", "svchost.exe", "SchedulerGroup", "netsvcs" },
  { 1180, 4, 62, "SENS", "System Event Notification Service", "svchost.exe", "ProfSvc_Group", "netsvcs" },
  { 1180, 4, 63, "Themes", "Themes", "svchost.exe", "ProfSvc_Group", "netsvcs" },
  { 1180, 4, 64, "ProfSvc", "User Profile Service", "svchost.exe", "profsvc_group", "netsvcs" },
  { 1340, 4, 72, "Dnscache", "DNS Client", "svchost.exe", "TDI", "NetworkService" },
  { 1764, 4, 83, "DiagTrack", "Connected User Experiences and Telemetry", "svchost.exe", "", "utcsvc" },
  { 2480, 4, 0, "WinDefend", "Microsoft Defender Antivirus Service", "MsMpEng.exe", "", "" },
  { 3308, 4, 0, "WSearch", "Windows Search", "SearchIndexer.exe", "", "" },
};

/* Returns: (transfer none) (array length=n_processes): in order of their start. */
const SampleProcess *
sample_processes_get (guint *n_processes)
{
  *n_processes = G_N_ELEMENTS (processes);
  return processes;
}

/* Returns: (transfer none) (array length=n_threads): a thread lives as long as its role's process. */
const SampleThread *
sample_threads_get (guint *n_threads)
{
  *n_threads = G_N_ELEMENTS (threads);
  return threads;
}

/* Returns: (transfer none) (array length=n_services): the running services. */
const EtlService *
sample_services_get (guint *n_services)
{
  *n_services = G_N_ELEMENTS (services);
  return services;
}
