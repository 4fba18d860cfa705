using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>Flags of upstream's kubelet that have nothing to set here.</summary>
internal static class KubeletUpstreamFlags
{
    public static IReadOnlyList<UpstreamFlag> All { get; } =
    [
        WithoutEffect("--cloud-config", "cloud controllers run apart from the kubelet"),
        WithoutEffect("--pod-infra-container-image", "the container runtime's settings name it"),
        WithoutEffect("--seccomp-profile-root", "it is seccomp in --root-dir"),
        WithoutEffect("--node-status-report-frequency", "set nodeStatusReportFrequency in the configuration file"),
        WithoutEffect("--housekeeping-interval", "usage is read when it is asked for"),
        WithoutEffect("--logging-format", "logs are lines of text"),
        WithoutEffect("--log-flush-frequency", "logs are written at once"),
        WithoutEffect("--log-text-split-stream", "logs go to standard error"),
        WithoutEffect("--vmodule", "use --v"),
    ];
}
