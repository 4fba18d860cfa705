using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Oom;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Oom;

public sealed class OomWatcherTests
{
    /// <summary>As recorded from machines; a real log has more lines between.</summary>
    private static readonly string[] OfTheMachine =
    [
        "stress invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=1000",
        "Mem-Info:",
        "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/kubepods/besteffort/pod1/c,task=stress,pid=1212,uid=0",
        "Out of memory: Killed process 1212 (stress) total-vm:2048000kB, anon-rss:1990000kB, file-rss:0kB, shmem-rss:0kB, UID:0",
    ];

    private static readonly string[] OfAGroup =
    [
        "dd invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=984",
        "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=c,mems_allowed=0,oom_memcg=/kubepods/burstable/pod1,task_memcg=/kubepods/burstable/pod1/c,task=dd,pid=77,uid=0",
        "Memory cgroup out of memory: Killed process 77 (dd) total-vm:300000kB, anon-rss:32000kB, file-rss:0kB, shmem-rss:0kB, UID:0",
    ];

    private static readonly string[] OfAGroupOfAnOldKernel =
    [
        "java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
        "Task in /kubepods/pod1/c killed as a result of limit of /kubepods/pod1",
        "Killed process 5 (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB",
    ];

    [Fact]
    public async Task Log_OfTheMachineOutOfMemory_IsAnEventOfTheNode()
    {
        var (time, events, log) = (new FakeTimeProvider(), new FakeEvents(), new Log());
        using var stop = new CancellationTokenSource();
        var running = new OomWatcher(() => log, events, time, NullLogger.Instance).RunAsync(stop.Token);
        log.Add([.. OfAGroup, .. OfAGroupOfAnOldKernel, .. OfTheMachine]);

        await Eventually.TrueAsync(() => !events.All.IsEmpty, "an event", () => time.Advance(TimeSpan.FromSeconds(1)));
        await stop.CancelAsync();
        await running;

        Assert.Equal(["Warning SystemOOM System OOM encountered, victim process: stress, pid: 1212"], events.All);
        Assert.True(log.IsClosed);
    }

    [Fact]
    public async Task Log_ThatCannotBeRead_EndsTheWatch() =>
        await new OomWatcher(() => throw new IOException("/dev/kmsg: Permission denied"), new FakeEvents(), new FakeTimeProvider(), NullLogger.Instance).RunAsync(default);

    [Theory]
    [InlineData("6,1,2,-;text; with more\n SUBSYSTEM=mem\n", "text; with more")]
    [InlineData("6,1,2,-;text", "text")]
    public void Message_OfARecord_IsWithoutPrefixAndDictionary(string record, string expected) => Assert.Equal(expected, KernelLog.Message(record));

    private sealed class Log : IKernelLog
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public bool IsClosed { get; private set; }

        public void Add(string[] lines) => Array.ForEach(lines, _lines.Enqueue);

        public IReadOnlyList<string> ReadNew()
        {
            var lines = new List<string>();
            while (_lines.TryDequeue(out var line)) lines.Add(line);
            return lines;
        }

        public void Dispose() => IsClosed = true;
    }
}
