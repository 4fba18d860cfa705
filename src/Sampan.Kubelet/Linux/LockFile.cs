using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sampan.Client;

namespace Sampan.Kubelet.Linux;

/// <summary>
/// A file that one kubelet at a time holds: others wait for it. Who leaves on contention ends as soon as somebody else opens the
/// file, e.g. the kubelet that is to take its place.
/// </summary>
/// <remarks>Upstream: pkg/util/flock, and watchForLockfileContention of cmd/kubelet.</remarks>
public sealed partial class LockFile : IComponent
{
    private const int Exclusive = 2;
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;
    private const int CreateToReadAndWrite = 0x42;
    private const uint OwnersOnly = 0b110_000_000;
    private const uint OpenedOrDeleted = 0x20 | 0x400;
    private const int LargestEvent = 16 + 256;
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle? _events;
    private readonly int _watch;
    private readonly TaskCompletionSource _contended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    private LockFile(string path, SafeFileHandle file, bool leavesOnContention)
    {
        _file = file;
        if (leavesOnContention)
        {
            _events = new SafeFileHandle(CreateEvents(CloseOnExec), ownsHandle: true);
            _watch = AddWatch(_events, path, OpenedOrDeleted);
            if (_watch < 0)
            {
                throw Failure("watch", path);
            }

            new Thread(WaitForContention) { IsBackground = true, Name = "lock file" }.Start();
        }
    }

    public string Name => "lock file";

    /// <summary>Completes when somebody else wants the lock of one who leaves then.</summary>
    public Task Completion => _contended.Task;

    /// <summary>Waits until nobody else holds the file, which is made if there is none.</summary>
    /// <exception cref="IOException">It cannot be opened or locked.</exception>
    public static async Task<LockFile> AcquireAsync(string path, bool leavesOnContention, CancellationToken cancellationToken)
    {
        // Files that .NET opens it locks in its own way.
        var file = new SafeFileHandle(Open(path, CreateToReadAndWrite | CloseOnExec, OwnersOnly), ownsHandle: true);
        if (file.IsInvalid)
        {
            throw Failure("open", path);
        }

        await Task.Factory.StartNew(() => Lock(file, path), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellationToken);
        return new LockFile(path, file, leavesOnContention);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives the file to whoever waits for it.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (_events is { IsClosed: false })
        {
            // The end of the watch is an event too: it wakes the thread.
            RemoveWatch(_events, _watch);
        }

        _file.Dispose();
        return Task.CompletedTask;
    }

    private static void Lock(SafeFileHandle file, string path)
    {
        while (LockCall(file, Exclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Failure("acquire file lock on", path);
            }
        }
    }

    private void WaitForContention()
    {
        var buffer = new byte[LargestEvent];
        while (Read(_events!, buffer, (nuint)buffer.Length) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        _events!.Dispose();
        if (!_isStopping)
        {
            _contended.TrySetResult();
        }
    }

    private static IOException Failure(string what, string path) => new($"unable to {what} \"{path}\": {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int LockCall(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int CreateEvents(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(SafeFileHandle events, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(SafeFileHandle events, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, [Out] byte[] buffer, nuint count);
}
