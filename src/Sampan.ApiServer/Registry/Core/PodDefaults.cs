using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What a pod has when its author does not say. Upstream: pkg/apis/core/v1/defaults.go.</summary>
internal static class PodDefaults
{
    private const int SecretMode = 0x1A4; // 0644
    private const long TokenSeconds = 3600;

    /// <summary>A pod; its template form is <see cref="ApplyTemplate"/>.</summary>
    public static void Apply(Pod pod)
    {
        ApplyTemplate(pod.Spec);
        pod.Spec.EnableServiceLinks ??= true;
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            RequestsFromLimits(container.Resources);
        }
        PodResourceDefaults.Apply(pod.Spec);
        if (pod.Spec.HostNetwork)
        {
            HostPorts(pod.Spec.Containers);
            HostPorts(pod.Spec.InitContainers.OrEmpty());
        }
    }

    public static void ApplyTemplate(PodSpec spec)
    {
        spec.DnsPolicy = Or(spec.DnsPolicy, "ClusterFirst");
        spec.RestartPolicy = Or(spec.RestartPolicy, "Always");
        spec.SchedulerName = Or(spec.SchedulerName, "default-scheduler");
        spec.SecurityContext ??= new PodSecurityContext();
        spec.TerminationGracePeriodSeconds ??= 30;
        // The old name of the field is kept equal to the new one.
        spec.ServiceAccountName = Or(spec.ServiceAccountName, spec.ServiceAccount ?? "");
        spec.ServiceAccount = spec.ServiceAccountName;
        AmountDefaults.Round(spec.Overhead);
        AmountDefaults.Round(spec.Resources);
        foreach (var volume in spec.Volumes.OrEmpty())
        {
            Apply(volume);
        }
        foreach (var container in spec.InitContainers.OrEmpty().Concat(spec.Containers))
        {
            Apply(container);
        }
        foreach (var container in spec.EphemeralContainers.OrEmpty())
        {
            Apply(container);
        }
    }

    public static string PullPolicyOf(string? image) => ImageReference.TagOf(image ?? "") == "latest" ? "Always" : "IfNotPresent";

    private static void Apply(Container container)
    {
        container.ImagePullPolicy = Or(container.ImagePullPolicy, PullPolicyOf(container.Image));
        container.TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File");
        AmountDefaults.Round(container.Resources);
        Apply(container.Ports);
        Apply(container.Env);
        Apply(container.LivenessProbe);
        Apply(container.ReadinessProbe);
        Apply(container.StartupProbe);
        Apply(container.Lifecycle);
    }

    private static void Apply(EphemeralContainer container)
    {
        container.ImagePullPolicy = Or(container.ImagePullPolicy, PullPolicyOf(container.Image));
        container.TerminationMessagePath = Or(container.TerminationMessagePath, "/dev/termination-log");
        container.TerminationMessagePolicy = Or(container.TerminationMessagePolicy, "File");
        Apply(container.Ports);
        Apply(container.Env);
    }

    private static void Apply(List<ContainerPort>? ports)
    {
        foreach (var port in ports.OrEmpty())
        {
            port.Protocol = Or(port.Protocol, "TCP");
        }
    }

    private static void Apply(List<EnvVar>? variables)
    {
        foreach (var variable in variables.OrEmpty())
        {
            if (variable.ValueFrom?.FieldRef is { } field)
            {
                field.ApiVersion = Or(field.ApiVersion, "v1");
            }
        }
    }

    private static void Apply(Probe? probe)
    {
        if (probe is null)
        {
            return;
        }
        probe.TimeoutSeconds = Or(probe.TimeoutSeconds, 1);
        probe.PeriodSeconds = Or(probe.PeriodSeconds, 10);
        probe.SuccessThreshold = Or(probe.SuccessThreshold, 1);
        probe.FailureThreshold = Or(probe.FailureThreshold, 3);
        Apply(probe.HttpGet);
        if (probe.Grpc is { } grpc)
        {
            grpc.Service ??= "";
        }
    }

    private static void Apply(Lifecycle? lifecycle)
    {
        Apply(lifecycle?.PostStart?.HttpGet);
        Apply(lifecycle?.PreStop?.HttpGet);
    }

    private static void Apply(HTTPGetAction? http)
    {
        if (http is not null)
        {
            http.Path = Or(http.Path, "/");
            http.Scheme = Or(http.Scheme, "HTTP");
        }
    }

    private static void Apply(Volume volume)
    {
        var hasSource = false;
        foreach (var (_, source) in VolumeSources.Of(volume))
        {
            VolumeSourceDefaults.Apply(source);
            hasSource |= source is not null;
        }
        if (!hasSource)
        {
            volume.EmptyDir = new EmptyDirVolumeSource();
        }
        volume.Secret?.DefaultMode ??= SecretMode;
        volume.ConfigMap?.DefaultMode ??= SecretMode;
        volume.DownwardAPI?.DefaultMode ??= SecretMode;
        Apply(volume.DownwardAPI?.Items);
        Apply(volume.Projected);
        if (volume.Image is { } image)
        {
            image.PullPolicy = Or(image.PullPolicy, PullPolicyOf(image.Reference));
        }
        if (volume.Ephemeral?.VolumeClaimTemplate is { } claim)
        {
            claim.Spec.VolumeMode = Or(claim.Spec.VolumeMode, "Filesystem");
            AmountDefaults.Round(claim.Spec.Resources.Limits);
            AmountDefaults.Round(claim.Spec.Resources.Requests);
        }
    }

    private static void Apply(ProjectedVolumeSource? projected)
    {
        projected?.DefaultMode ??= SecretMode;
        foreach (var source in projected?.Sources ?? [])
        {
            source.ServiceAccountToken?.ExpirationSeconds ??= TokenSeconds;
            Apply(source.DownwardAPI?.Items);
        }
    }

    private static void Apply(List<DownwardAPIVolumeFile>? files)
    {
        foreach (var file in files.OrEmpty())
        {
            if (file.FieldRef is { } field)
            {
                field.ApiVersion = Or(field.ApiVersion, "v1");
            }
        }
    }

    private static void RequestsFromLimits(ResourceRequirements resources)
    {
        foreach (var (name, limit) in resources.Limits.OrEmpty())
        {
            resources.Requests ??= [];
            resources.Requests.TryAdd(name, limit);
        }
    }

    private static void HostPorts(IReadOnlyList<Container> containers)
    {
        foreach (var port in containers.SelectMany(container => container.Ports.OrEmpty()))
        {
            port.HostPort = Or(port.HostPort, port.ContainerPortValue);
        }
    }

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;

    private static int Or(int value, int fallback) => value == 0 ? fallback : value;
}
