using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's containers.</summary>
internal static class ContainerValidation
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] MessagePolicies = ["FallbackToLogsOnError", "File"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Validate(PodSpec spec, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        var claims = spec.ResourceClaims.OrEmpty().Select(claim => claim.Name).Where(name => name.Length > 0).ToHashSet();
        if (spec.Containers.Count == 0)
        {
            errors.Required(path.Child("containers"));
        }
        foreach (var (index, container) in spec.Containers.Index())
        {
            Validate(container, spec, names, claims, volumes, path.Child("containers").Index(index), errors);
        }
        foreach (var (index, container) in spec.InitContainers.OrEmpty().Index())
        {
            var at = path.Child("initContainers").Index(index);
            Validate(container, spec, names, claims, volumes, at, errors);
            ValidateInit(container, at, errors);
        }
        HostPorts(spec, path, errors);
    }

    private static void Validate(
        Container container, PodSpec spec, HashSet<string> names, HashSet<string> claims, IReadOnlyDictionary<string, Volume> volumes,
        FieldPath path, FieldErrors errors)
    {
        ValidateName(container.Name, names, path, errors);
        if (string.IsNullOrEmpty(container.Image))
        {
            errors.Required(path.Child("image"));
        }
        else if (container.Image != container.Image.Trim())
        {
            errors.Invalid(path.Child("image"), container.Image, "must not have leading or trailing whitespace");
        }
        if (!PullPolicies.Contains(container.ImagePullPolicy))
        {
            errors.NotSupported(path.Child("imagePullPolicy"), container.ImagePullPolicy, PullPolicies);
        }
        if (!MessagePolicies.Contains(container.TerminationMessagePolicy))
        {
            errors.NotSupported(path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, MessagePolicies);
        }
        ValidatePorts(container.Ports, path.Child("ports"), errors);
        EnvironmentValidation.Validate(container, volumes, path, errors);
        VolumeMountValidation.Validate(container, volumes, path, errors);
        VolumeDeviceValidation.Validate(container, volumes, path.Child("volumeDevices"), errors);
        ProbeValidation.Validate(container, spec.TerminationGracePeriodSeconds, path, errors);
        ResourceValidation.Validate(container.Resources, path.Child("resources"), errors, claims);
        ResizePolicyValidation.Validate(container.ResizePolicy, spec.RestartPolicy, path.Child("resizePolicy"), errors);
        SecurityValidation.Validate(container.SecurityContext, path.Child("securityContext"), errors);
    }

    private static void ValidateName(string name, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
            return;
        }
        errors.Invalid(path.Child("name"), name, Names.IsDns1123Label(name));
        if (!names.Add(name))
        {
            errors.Duplicate(path.Child("name"), name);
        }
    }

    /// <summary>Only sidecars, which go on running, have probes and hooks among the init containers.</summary>
    private static void ValidateInit(Container container, FieldPath path, FieldErrors errors)
    {
        if (container.RestartPolicy is not (null or "Always" or "Never" or "OnFailure"))
        {
            errors.NotSupported(path.Child("restartPolicy"), container.RestartPolicy, "Always", "Never", "OnFailure");
        }
        if (container.RestartPolicy == "Always")
        {
            return;
        }
        const string Detail = "may not be set for init containers without restartPolicy=Always";
        Forbid(container.Lifecycle, "lifecycle");
        Forbid(container.LivenessProbe, "livenessProbe");
        Forbid(container.ReadinessProbe, "readinessProbe");
        Forbid(container.StartupProbe, "startupProbe");

        void Forbid(object? value, string field)
        {
            if (value is not null)
            {
                errors.Forbidden(path.Child(field), Detail);
            }
        }
    }

    private static void ValidatePorts(List<ContainerPort>? ports, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (!string.IsNullOrEmpty(port.Name))
            {
                var complaints = Names.IsPortName(port.Name);
                errors.Invalid(at.Child("name"), port.Name, complaints);
                if (complaints.Count == 0 && !names.Add(port.Name))
                {
                    errors.Duplicate(at.Child("name"), port.Name);
                }
            }
            if (port.ContainerPortValue == 0)
            {
                errors.Required(at.Child("containerPort"));
            }
            else
            {
                errors.Invalid(at.Child("containerPort"), port.ContainerPortValue, Names.IsPortNumber(port.ContainerPortValue));
            }
            if (port.HostPort != 0)
            {
                errors.Invalid(at.Child("hostPort"), port.HostPort, Names.IsPortNumber(port.HostPort));
            }
            if (string.IsNullOrEmpty(port.Protocol))
            {
                errors.Required(at.Child("protocol"));
            }
            else if (!Protocols.Contains(port.Protocol))
            {
                errors.NotSupported(at.Child("protocol"), port.Protocol, Protocols);
            }
        }
    }

    private static void HostPorts(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var taken = new HashSet<(string?, string, int)>();
        foreach (var (i, container) in spec.Containers.Index())
        {
            foreach (var (j, port) in container.Ports.OrEmpty().Index())
            {
                if (port.HostPort != 0 && !taken.Add((port.Protocol, port.HostIP ?? "", port.HostPort)))
                {
                    errors.Duplicate(
                        path.Child("containers").Index(i).Child("ports").Index(j).Child("hostPort"),
                        $"{port.Protocol}/{port.HostIP}/{port.HostPort}");
                }
            }
        }
    }
}
