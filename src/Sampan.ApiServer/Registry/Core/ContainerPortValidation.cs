using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the ports of containers. Upstream: validateContainerPorts, checkHostPortConflicts, validatePodHostNetworkDeps.</summary>
internal static class ContainerPortValidation
{
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Validate(List<ContainerPort>? ports, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, port) in ports.OrEmpty().Index())
        {
            var at = path.Index(index);
            Name(port.Name, names, at.Child("name"), errors);
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
            FieldChecks.RequiredOneOf(at.Child("protocol"), port.Protocol, errors, Protocols);
        }
    }

    /// <summary>Containers that run together cannot have the same port of their host.</summary>
    public static void HostPorts(IEnumerable<(int Index, Container Container)> containers, FieldPath path, FieldErrors errors)
    {
        var taken = new HashSet<string>();
        foreach (var (index, container) in containers)
        {
            foreach (var (at, port) in container.Ports.OrEmpty().Index())
            {
                var place = $"{port.Protocol}/{port.HostIP}/{port.HostPort}";
                if (port.HostPort != 0 && !taken.Add(place))
                {
                    errors.Duplicate(path.Index(index).Child("ports").Index(at).Child("hostPort"), place);
                }
            }
        }
    }

    /// <summary>On the host's network a container's port is the host's; a template may leave it open.</summary>
    public static void OnHostNetwork(PodSpec spec, bool isPod, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, container) in spec.HostNetwork ? spec.Containers.Index() : [])
        {
            foreach (var (at, port) in container.Ports.OrEmpty().Index())
            {
                if ((isPod || port.HostPort != 0) && port.HostPort != port.ContainerPortValue)
                {
                    errors.Invalid(
                        path.Index(index).Child("ports").Index(at).Child("hostPort"), port.HostPort,
                        "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void Name(string? name, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }
        if (Names.IsPortName(name) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, name, wrong);
        }
        else if (!names.Add(name))
        {
            errors.Duplicate(path, name);
        }
    }
}
