using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Oom;

/// <summary>Tells in an event of the node when the machine itself ran out of memory. Upstream: pkg/kubelet/oom.</summary>
internal sealed class OomWatcher(Func<IKernelLog> open, IPodEvents events, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly OomParser _parser = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var log = TryOpen();
        if (log is not null)
        {
            await Periodically.RunAsync(_ => Look(log), () => Interval, "Could not read the kernel's log", time, logger, cancellationToken);
        }
    }

    private IKernelLog? TryOpen()
    {
        try
        {
            return open();
        }
        catch (IOException e)
        {
            logger.LogInformation("Nobody tells when the machine runs out of memory: {Error}", e.Message);
            return null;
        }
    }

    private Task Look(IKernelLog log)
    {
        foreach (var kill in log.ReadNew().Select(_parser.Add).OfType<OomKill>().Where(k => k.IsOfSystem))
        {
            events.Node(EventReasons.Warning, EventReasons.SystemOom, $"System OOM encountered, victim process: {kill.Process}, pid: {kill.Pid}");
        }

        return Task.CompletedTask;
    }
}
