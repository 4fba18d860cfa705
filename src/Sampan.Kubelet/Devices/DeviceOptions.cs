using Google.Protobuf;
using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Devices;

/// <summary>Puts what a plugin wants for its devices into a container's configuration; what is there already stays.</summary>
internal static class DeviceOptions
{
    public static void Apply(ContainerAllocateResponse response, Cri.ContainerConfig config)
    {
        foreach (var (name, value) in response.Envs.Where(e => config.Envs.All(known => known.Key != e.Key)).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            config.Envs.Add(new Cri.KeyValue { Key = name, Value = ByteString.CopyFromUtf8(value) });
        }

        foreach (var device in response.Devices.Where(d => config.Devices.All(known => known.ContainerPath != d.ContainerPath)))
        {
            config.Devices.Add(new Cri.Device { ContainerPath = device.ContainerPath, HostPath = device.HostPath, Permissions = device.Permissions });
        }

        foreach (var mount in response.Mounts.Where(m => config.Mounts.All(known => known.ContainerPath != m.ContainerPath)))
        {
            config.Mounts.Add(new Cri.Mount { ContainerPath = mount.ContainerPath, HostPath = mount.HostPath, Readonly = mount.ReadOnly });
        }

        foreach (var (name, value) in response.Annotations)
        {
            config.Annotations.TryAdd(name, value);
        }

        AddCdi(config, response.CdiDevices.Select(d => d.Name));
    }

    public static void AddCdi(Cri.ContainerConfig config, IEnumerable<string> names) =>
        config.CDIDevices.AddRange(names.Where(name => config.CDIDevices.All(known => known.Name != name)).Distinct().ToList().Select(name => new Cri.CDIDevice { Name = name }));
}
