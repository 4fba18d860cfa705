using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>What a pod's row says in a word: how many containers are ready, what holds the pod up, how often it restarted.</summary>
internal readonly struct PodSummary
{
    private PodSummary(int ready, int total, string status, int restarts, Time lastRestart)
    {
        Ready = ready;
        Total = total;
        Status = status;
        Restarts = restarts;
        LastRestart = lastRestart;
    }

    public int Ready { get; }

    public int Total { get; }

    /// <summary>The phase, or the most telling reason: CrashLoopBackOff, Init:1/3, Completed, Terminating.</summary>
    public string Status { get; }

    public int Restarts { get; }

    /// <summary>When a container last ended before it was restarted; zero when none was.</summary>
    public Time LastRestart { get; }

    public static PodSummary Of(Pod pod)
    {
        Tally tally = new(pod);
        tally.CountInitContainers();
        if (!tally.IsInitializing || IsTrue(pod, "Initialized"))
        {
            tally.CountContainers();
        }

        return new PodSummary(tally.Ready, tally.Total, DeletionStatus(pod) ?? tally.Status, tally.Restarts, tally.LastRestart);
    }

    private static string? DeletionStatus(Pod pod) => pod switch
    {
        { Metadata.DeletionTimestamp: null } => null,
        { Status.Reason: "NodeLost" } => "Unknown",
        { Status.Phase: "Succeeded" or "Failed" } => null,
        _ => "Terminating",
    };

    private static bool IsTrue(Pod pod, string condition) =>
        (pod.Status?.Conditions).OrEmpty().FirstOrDefault(c => c.Type == condition)?.Status == "True";

    private struct Tally
    {
        private readonly Pod _pod;
        private int _sidecarRestarts;
        private Time _sidecarRestart;

        public Tally(Pod pod)
        {
            _pod = pod;
            Total = (pod.Spec?.Containers.Count ?? 0) + (pod.Spec?.InitContainers).OrEmpty().Count(IsSidecar);
            Status = string.IsNullOrEmpty(pod.Status?.Reason) ? pod.Status?.Phase ?? "" : pod.Status.Reason;
            if ((pod.Status?.Conditions).OrEmpty().Any(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" }))
            {
                Status = "SchedulingGated";
            }
        }

        public int Ready { get; private set; }

        public int Total { get; }

        public string Status { get; private set; }

        public int Restarts { get; private set; }

        public Time LastRestart { get; private set; }

        public bool IsInitializing { get; private set; }

        /// <summary>Goes through the init containers up to the one that the pod waits for.</summary>
        public void CountInitContainers()
        {
            IReadOnlyList<ContainerStatus> statuses = (_pod.Status?.InitContainerStatuses).OrEmpty();
            for (int i = 0; i < statuses.Count && !IsInitializing; i++)
            {
                ContainerStatus container = statuses[i];
                bool isSidecar = (_pod.Spec?.InitContainers).OrEmpty().FirstOrDefault(c => c.Name == container.Name) is { } spec && IsSidecar(spec);
                CountRestarts(container);
                if (isSidecar)
                {
                    _sidecarRestarts += container.RestartCount;
                    _sidecarRestart = Later(_sidecarRestart, container);
                }

                if (container.State?.Terminated is { ExitCode: 0 })
                {
                    continue;
                }

                if (isSidecar && container.Started == true)
                {
                    Ready += container.Ready ? 1 : 0;
                    continue;
                }

                Status = "Init:" + InitReason(container.State, i);
                IsInitializing = true;
            }
        }

        /// <summary>Once the pod is initialized only its lasting containers count; the first one that has something to say is heard.</summary>
        public void CountContainers()
        {
            Restarts = _sidecarRestarts;
            LastRestart = _sidecarRestart;
            bool anyRunning = false;
            foreach (ContainerStatus container in (_pod.Status?.ContainerStatuses).OrEmpty().Reverse())
            {
                CountRestarts(container);
                if (container.State?.Waiting is { Reason.Length: > 0 } waiting)
                {
                    Status = waiting.Reason;
                }
                else if (container.State?.Terminated is { } ended)
                {
                    Status = EndReason(ended);
                }
                else if (container is { Ready: true, State.Running: not null })
                {
                    anyRunning = true;
                    Ready++;
                }
            }

            if (Status == "Completed" && anyRunning)
            {
                Status = IsTrue(_pod, "Ready") ? "Running" : "NotReady";
            }
        }

        private static bool IsSidecar(Container container) => container.RestartPolicy == "Always";

        private static Time Later(Time time, ContainerStatus container) =>
            container.LastState?.Terminated?.FinishedAt is { } finished && finished > time ? finished : time;

        private static string EndReason(ContainerStateTerminated ended) =>
            !string.IsNullOrEmpty(ended.Reason) ? ended.Reason : ended.Signal != 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}";

        private readonly string InitReason(ContainerState? state, int index) => state switch
        {
            { Terminated: { } ended } => EndReason(ended),
            { Waiting: { Reason: { Length: > 0 } reason } } when reason != "PodInitializing" => reason,
            _ => $"{index}/{(_pod.Spec?.InitContainers).OrEmpty().Count}",
        };

        private void CountRestarts(ContainerStatus container)
        {
            Restarts += container.RestartCount;
            LastRestart = Later(LastRestart, container);
        }
    }
}
