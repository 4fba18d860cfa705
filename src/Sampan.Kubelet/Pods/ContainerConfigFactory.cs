using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>A container in CRI's terms.</summary>
internal sealed class ContainerConfigFactory(PodServices services)
{
    private const string HostsPath = "/etc/hosts";
    private readonly ContainerEnvironment _environment = new(services.Objects, services.Volumes, () => services.Node().Allocatable);

    /// <exception cref="StartFailure">Something that the container refers to is missing or not allowed.</exception>
    public async Task<Cri.ContainerConfig> CreateAsync(ContainerStart start, string imageReference, CancellationToken cancellationToken)
    {
        var (pod, container) = (start.Pod, start.Container);
        var image = await services.Runtime.FindImageAsync(imageReference, cancellationToken);
        SecurityContexts.CheckNonRoot(pod, container, image);
        var variables = await _environment.BuildAsync(pod, container, start.Volumes, services.Node().Addresses, start.PodIPs, cancellationToken);
        var config = new Cri.ContainerConfig
        {
            Metadata = new() { Name = container.Name, Attempt = (uint)start.RestartCount },
            Image = new() { Image = imageReference, UserSpecifiedImage = container.Image ?? "" },
            Command = { Expand(container.Command, variables) },
            Args = { Expand(container.Args, variables) },
            WorkingDir = container.WorkingDir ?? "",
            LogPath = PodPaths.LogFile(container.Name, start.RestartCount),
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
            Labels = { SandboxConfigFactory.Identity(pod) },
            Annotations = { ContainerRecord.Write(pod, container, start.RestartCount) },
            Mounts = { Mounts(start, variables) },
            Devices = { container.VolumeDevices.OrEmpty().Select(device => Device(start, device)) },
            Linux = new()
            {
                Resources = services.Cgroups.Limits.ForContainer(pod, container),
                SecurityContext = SecurityContexts.ForContainer(pod, container, image, services.Seccomp, start.TargetContainerId, start.Volumes.Values),
            },
            StopSignal = StopSignal(container.Lifecycle?.StopSignal),
        };
        config.Labels[RuntimeLabels.ContainerName] = container.Name;
        config.Envs.AddRange(variables.Select(v => new Cri.KeyValue { Key = v.Key, Value = Google.Protobuf.ByteString.CopyFromUtf8(v.Value) }));
        config.Linux.SecurityContext.NamespaceOptions.UsernsOptions = services.UserNamespaces.Of(pod.Metadata.Uid);
        await services.Exclusive.PrepareAsync(pod, container, config, cancellationToken);
        services.Claims.Apply(pod, container, config);
        services.UserNamespaces.Map(pod.Metadata.Uid, config.Mounts);
        return config;
    }

    private static IEnumerable<string> Expand(List<string>? words, Dictionary<string, string> variables) =>
        words.OrEmpty().Select(word => Expansion.Expand(word, variables.GetValueOrDefault));

    private static Cri.Signal StopSignal(string? name) =>
        Enum.TryParse<Cri.Signal>(name, ignoreCase: true, out var signal) ? signal : Cri.Signal.RuntimeDefault;

    private List<Cri.Mount> Mounts(ContainerStart start, Dictionary<string, string> variables)
    {
        var mounts = new List<Cri.Mount>();
        var own = start.Container.VolumeMounts.OrEmpty();
        for (var i = 0; i < own.Count; i++)
        {
            mounts.Add(Mount(start, own[i], i, variables));
        }

        if (services.TouchesHost)
        {
            AddHostsFile(start, mounts);
            AddTerminationLog(start, mounts);
        }

        return mounts;
    }

    private static Cri.Device Device(ContainerStart start, VolumeDevice device)
    {
        var volume = start.Volumes.GetValueOrDefault(device.Name)
            ?? throw new StartFailure("CreateContainerConfigError", $"cannot find volume \"{device.Name}\" to pass into container \"{start.Container.Name}\"");
        return new() { ContainerPath = device.DevicePath, HostPath = volume.HostPath, Permissions = volume.IsReadOnly ? "r" : "mrw" };
    }

    private Cri.Mount Mount(ContainerStart start, VolumeMount mount, int index, Dictionary<string, string> variables)
    {
        var volume = start.Volumes.GetValueOrDefault(mount.Name)
            ?? throw new StartFailure("CreateContainerConfigError", $"cannot find volume \"{mount.Name}\" to mount into container \"{start.Container.Name}\"");
        var subPath = SubPaths.Of(mount, variables);
        var target = mount.MountPath.StartsWith('/') ? mount.MountPath : "/" + mount.MountPath;
        if (start.ImageVolumes.TryGetValue(mount.Name, out var image))
        {
            if (image.HostPath is null)
            {
                return new Cri.Mount { ContainerPath = target, Image = new() { Image = image.Image }, ImageSubPath = subPath, Readonly = true };
            }

            volume = volume with { HostPath = image.HostPath };
        }

        return new Cri.Mount
        {
            ContainerPath = target,
            HostPath = subPath.Length == 0 ? volume.HostPath : services.Volumes.MountSubPath(start.Pod, start.Container.Name, index, volume, subPath),
            Readonly = mount.ReadOnly || volume.IsReadOnly,
            RecursiveReadOnly = IsRecursiveReadOnly(start.Pod, mount),
            Propagation = mount.MountPropagation switch
            {
                "HostToContainer" => Cri.MountPropagation.PropagationHostToContainer,
                "Bidirectional" => Cri.MountPropagation.PropagationBidirectional,
                _ => Cri.MountPropagation.PropagationPrivate,
            },
        };
    }

    private bool IsRecursiveReadOnly(Pod pod, VolumeMount mount)
    {
        var failure = mount.RecursiveReadOnly switch
        {
            null or "Disabled" => null,
            _ when !mount.ReadOnly => "it is not read-only",
            _ when mount.MountPropagation is { Length: > 0 } and not "None" => $"it is not compatible with propagation \"{mount.MountPropagation}\"",
            "Enabled" when !services.Node().CanRecursiveReadOnly(pod) => "it is not supported by the runtime",
            _ => null,
        };
        return failure is null
            ? mount.RecursiveReadOnly is "IfPossible" or "Enabled" && services.Node().CanRecursiveReadOnly(pod)
            : throw new StartFailure("CreateContainerConfigError", $"failed to resolve recursive read-only mode: volume \"{mount.Name}\" requested recursive read-only mode, but {failure}");
    }

    /// <summary>Written anew for each container, since a new sandbox has a new address. A container's own mount there wins.</summary>
    private void AddHostsFile(ContainerStart start, List<Cri.Mount> mounts)
    {
        if (mounts.Exists(m => m.ContainerPath == HostsPath))
        {
            return;
        }

        var path = services.Paths.HostsFile(start.Pod.Metadata.Uid);
        File.WriteAllText(path, HostsFile.For(start.Pod, PodHostname.Of(start.Pod, services.ClusterDomain), start.PodIPs));
        mounts.Add(new Cri.Mount
        {
            ContainerPath = HostsPath,
            HostPath = path,
            Readonly = start.Container.SecurityContext?.ReadOnlyRootFilesystem == true,
        });
    }

    private void AddTerminationLog(ContainerStart start, List<Cri.Mount> mounts)
    {
        if (start.Container.TerminationMessagePath is not { Length: > 0 } target)
        {
            return;
        }

        var directory = services.Paths.Container(start.Pod.Metadata.Uid, start.Container.Name);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Guid.NewGuid().ToString("N")[..8]);
        File.WriteAllBytes(path, []);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        mounts.Add(new Cri.Mount { ContainerPath = target, HostPath = path });
    }
}
