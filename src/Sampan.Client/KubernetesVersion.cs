using System.Runtime.InteropServices;
using Sampan.Client.Metrics;

namespace Sampan.Client;

/// <summary>The version of Kubernetes that every part of Sampan is, by its API and its behaviour, with our own after a plus.</summary>
public static class KubernetesVersion
{
    public const string Major = "1";
    public const string Minor = "36";

    /// <summary>The oldest minor version that components of this one work together with.</summary>
    public const string PreviousMinor = "35";

    /// <summary>1.36</summary>
    public const string Emulation = $"{Major}.{Minor}";

    /// <summary>1.36.2</summary>
    public const string Binary = $"{Emulation}.2";

    private static readonly string Own = typeof(KubernetesVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>v1.36.2+sampan0.1.0</summary>
    public static string Git { get; } = $"v{Binary}+sampan{Own}";

    /// <summary>linux/amd64</summary>
    public static string Platform { get; } = $"linux/{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}";

    /// <summary>Tells who reads metrics what runs here.</summary>
    public static void AddTo(MetricRegistry metrics)
    {
        metrics.Gauge("kubernetes_build_info", "What was built.", "build_date", "compiler", "git_commit", "git_tree_state", "git_version", "go_version", "major", "minor", "platform")
            .With("", "roslyn", "", "clean", Git, RuntimeInformation.FrameworkDescription, Major, Minor, Platform).Set(1);
        metrics.Gauge("version_info", "Provides the compatibility version info of the component.", "binary", "component", "emulation", "min_compat")
            .With(Binary, "kube", Emulation, $"{Major}.{PreviousMinor}").Set(1);
    }
}
