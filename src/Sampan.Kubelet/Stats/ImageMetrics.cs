using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Stats;

/// <summary>How images come, under upstream's names (pkg/kubelet/metrics, pkg/kubelet/images).</summary>
internal sealed class ImageMetrics
{
    private const long Megabyte = 1 << 20;
    private const long Gigabyte = 1L << 30;
    private static readonly double[] PullSeconds = [1, 5, 10, 20, 30, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];

    /// <summary>By the size that an image has to exceed, the greatest first.</summary>
    private static readonly (long Least, string Label)[] Sizes =
    [
        (100 * Gigabyte, "GT100GB"), (60 * Gigabyte, "60GB-100GB"), (40 * Gigabyte, "40GB-60GB"), (30 * Gigabyte, "30GB-40GB"), (20 * Gigabyte, "20GB-30GB"), (10 * Gigabyte, "10GB-20GB"),
        (5 * Gigabyte, "5GB-10GB"), (Gigabyte, "1GB-5GB"), (500 * Megabyte, "500MB-1GB"), (100 * Megabyte, "100MB-500MB"), (10 * Megabyte, "10MB-100MB"), (0, "0-10MB"),
    ];

    private readonly Histogram _pulls;
    private readonly Counter _ensured;
    private readonly Counter _checks;

    public ImageMetrics(MetricRegistry registry)
    {
        _pulls = registry.Histogram("kubelet_image_pull_duration_seconds", "[ALPHA] Seconds that a pull takes, by the size of the image.", PullSeconds, "image_size_in_bytes");
        _ensured = registry.Counter("kubelet_image_manager_ensure_image_requests_total", "[ALPHA] How often a container's image was asked for, by how it was found.", "present_locally", "pull_policy", "pull_required");
        _checks = registry.Counter("kubelet_imagemanager_image_mustpull_checks_total", "[ALPHA] How often it was looked up whether a pod has to prove that it may use an image, by outcome.", "result");
    }

    /// <summary>A container wanted an image.</summary>
    /// <param name="policy">When to pull it.</param>
    /// <param name="isPresent">Whether it was there; null where nobody could say.</param>
    /// <param name="isPulled">Whether it had to be pulled; null where nobody could say.</param>
    public void Ensured(string policy, bool? isPresent, bool? isPulled) => _ensured.With(Text(isPresent), policy.ToLowerInvariant(), Text(isPulled)).Increment();

    public void Pulled(ulong bytes, TimeSpan took) => _pulls.With(SizeOf(bytes)).Observe(took.TotalSeconds);

    /// <summary>It was decided whether a pod may use what is there without showing the registry a login.</summary>
    public void Checked(string result) => _checks.With(result).Increment();

    internal static string SizeOf(ulong bytes) => bytes == 0 ? "N/A" : Sizes.First(s => (long)bytes > s.Least).Label;

    private static string Text(bool? value) => value is { } known ? known ? "true" : "false" : "unknown";
}
