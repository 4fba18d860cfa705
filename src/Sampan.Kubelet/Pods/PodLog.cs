using Microsoft.Extensions.Logging;

namespace Sampan.Kubelet.Pods;

/// <summary>What pod workers write to the log.</summary>
internal static partial class PodLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Pod}: the preStop hook of {Container} did not end within {Grace}")]
    public static partial void LogPreStopTimeout(this ILogger logger, string pod, string container, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pod {Pod}: {Step} failed")]
    public static partial void LogPodFailure(this ILogger logger, Exception exception, string pod, string step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not remove what is left of {Remains}, and will go on trying: {Reason}")]
    public static partial void LogRemains(this ILogger logger, string remains, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pod {Pod}: {From} to {To}")]
    public static partial void LogPodTransition(this ILogger logger, string pod, PodWorkerState from, PodWorkerState to);
}
