using System.Runtime.InteropServices;

namespace Chat.Tests.Faults.Power;

/// <summary>SQLite's own description of a file system (sqlite3_vfs, version 3), as far as it is looked into here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileSystem
{
    public int Version;
    public int FileSize;
    public int PathLength;
    public SqliteFileSystem* Next;
    public byte* Name;
    public void* Context;
    public delegate* unmanaged[Cdecl]<SqliteFileSystem*, byte*, SqliteFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<SqliteFileSystem*, byte*, int, int> Delete;
    public nint Access;
    public nint FullPathname;
    public nint DlOpen;
    public nint DlError;
    public nint DlSym;
    public nint DlClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;
    public nint CurrentTimeInt64;
    public nint SetSystemCall;
    public nint GetSystemCall;
    public nint NextSystemCall;
}

/// <summary>An open file (sqlite3_file); what is behind its first field is the file system's own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFile
{
    public SqliteFileMethods* Methods;
}

/// <summary>What can be done with an open file (sqlite3_io_methods, version 3).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SqliteFileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
    public nint Read;
    public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
    public nint FileSize;
    public nint Lock;
    public nint Unlock;
    public nint CheckReservedLock;
    public nint FileControl;
    public nint SectorSize;
    public nint DeviceCharacteristics;
    public nint SharedMemoryMap;
    public nint SharedMemoryLock;
    public nint SharedMemoryBarrier;
    public nint SharedMemoryUnmap;
    public nint Fetch;
    public nint Unfetch;
}
