using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Chat.Tests.Faults.Power;

/// <summary>
/// Stands between SQLite and its file system, writes down what is done to the database, its journal and its write-ahead log in the folders
/// that are watched, and hands everything on. Locks and the shared index of the log go by it: the index is made anew after a cut.
/// It is SQLite's default for the whole process from the first watch on; files elsewhere are opened as ever.
/// </summary>
internal static unsafe class RecordingFileSystem
{
    private const int Ok = 0;
    private const int Create = 0x4;
    private const int Journals = 0x800 | 0x4000 | 0x80000; // MAIN_JOURNAL, SUPER_JOURNAL, WAL
    private const int Recorded = Journals | 0x100; // and MAIN_DB

    private static readonly ConcurrentDictionary<string, DiskLog> Watched = [];
    private static readonly ConcurrentDictionary<long, OpenFile> Files = [];
    private static readonly ConcurrentDictionary<nint, nint> Shims = [];
    private static readonly SqliteFileSystem* Real = Install();
    private static long _opened;

    /// <summary>Everything that SQLite does in this folder is logged until <see cref="Forget"/>.</summary>
    public static DiskLog Watch(string folder)
    {
        if (Real is null) throw new InvalidOperationException("SQLite has no file system.");
        return Watched[folder] = new();
    }

    public static void Forget(string folder) => Watched.TryRemove(folder, out _);

    private static SqliteFileSystem* Install()
    {
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle); // loads SQLite
        var real = Find(null);
        var shim = (SqliteFileSystem*)NativeMemory.Alloc((nuint)sizeof(SqliteFileSystem));
        *shim = *real;
        shim->Name = (byte*)Marshal.StringToCoTaskMemUTF8("recording");
        shim->Next = null;
        shim->FileSize = real->FileSize + sizeof(long); // the number of the open file stands behind what is the real one's
        shim->Open = &Open;
        shim->Delete = &Delete;
        if (Register(shim, isDefault: 1) != Ok) throw new InvalidOperationException("SQLite does not take the file system.");
        return real;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteFileSystem* system, byte* path, SqliteFile* file, int flags, int* outFlags)
    {
        var result = Real->Open(Real, path, file, flags, outFlags);
        if (result != Ok || path is null || (flags & Recorded) == 0 || LogOf(path, out var name) is not { } log) return result;

        var number = Interlocked.Increment(ref _opened);
        Files[number] = new(log, log.Open(name), (nint)file->Methods) { SyncsFolder = (flags & Create) != 0 && (flags & Journals) != 0 };
        *(long*)((byte*)file + Real->FileSize) = number;
        file->Methods = (SqliteFileMethods*)Shims.GetOrAdd((nint)file->Methods, MakeShim);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(SqliteFileSystem* system, byte* path, int syncFolder)
    {
        var result = Real->Delete(Real, path, syncFolder);
        if (result != Ok || LogOf(path, out var name) is not { } log) return result;
        log.Remove(name);
        if (syncFolder != 0) log.Add(new Happening.FolderSynced(log.Length));
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        Files.TryRemove(NumberOf(file), out var open);
        return open!.Real->Close(file);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* bytes, int length, long offset)
    {
        var open = Of(file);
        open.Log.Add(new Happening.Written(open.File, offset, new ReadOnlySpan<byte>(bytes, length).ToArray()));
        return open.Real->Write(file, bytes, length, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long length)
    {
        var open = Of(file);
        open.Log.Add(new Happening.Truncated(open.File, length));
        return open.Real->Truncate(file, length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags)
    {
        var open = Of(file);
        var before = open.Log.Length;
        var result = open.Real->Sync(file, flags);
        if (result != Ok) return result;
        open.Log.Add(new Happening.Synced(open.File, before));

        // As SQLite on Unix does it: the first synchronisation of a log or journal that it may have made includes the folder.
        if (open.SyncsFolder) open.Log.Add(new Happening.FolderSynced(before));
        open.SyncsFolder = false;
        return result;
    }

    private static nint MakeShim(nint real)
    {
        var shim = (SqliteFileMethods*)NativeMemory.Alloc((nuint)sizeof(SqliteFileMethods));
        *shim = *(SqliteFileMethods*)real;
        shim->Close = &Close;
        shim->Write = &Write;
        shim->Truncate = &Truncate;
        shim->Sync = &Sync;
        return (nint)shim;
    }

    private static DiskLog? LogOf(byte* path, out string name)
    {
        var full = Marshal.PtrToStringUTF8((nint)path)!;
        name = Path.GetFileName(full);
        return Watched.GetValueOrDefault(Path.GetDirectoryName(full) ?? "");
    }

    private static OpenFile Of(SqliteFile* file) => Files[NumberOf(file)];

    private static long NumberOf(SqliteFile* file) => *(long*)((byte*)file + Real->FileSize);

    private sealed class OpenFile(DiskLog log, StoredFile file, nint real)
    {
        public DiskLog Log => log;
        public StoredFile File => file;
        public SqliteFileMethods* Real => (SqliteFileMethods*)real;
        public bool SyncsFolder { get; set; }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern SqliteFileSystem* Find(byte* name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Register(SqliteFileSystem* system, int isDefault);
}
