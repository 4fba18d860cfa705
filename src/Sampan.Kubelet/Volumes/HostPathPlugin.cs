using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes;

/// <summary>A file or directory of the host itself.</summary>
internal sealed class HostPathPlugin(ILinux linux) : IVolumePlugin
{
    public string Name => "kubernetes.io/host-path";

    public bool IsReadOnly(Volume volume) => false;

    public bool Supports(Volume volume) => volume.HostPath is not null;

    /// <summary>On a thread of its own: a file system that does not answer holds whoever looks at it.</summary>
    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) =>
        Task.Run(() => SetUp(volume), cancellationToken);

    private string SetUp(Volume volume)
    {
        var path = volume.HostPath!.Path;
        switch (volume.HostPath.Type ?? "")
        {
            case "":
                break;
            case "DirectoryOrCreate":
                Create(path, FileKind.Directory, () => Directory.CreateDirectory(path));
                break;
            case "FileOrCreate":
                Create(path, FileKind.File, () => File.WriteAllBytes(path, []));
                break;
            case "Directory":
                Require(path, FileKind.Directory, "a directory");
                break;
            case "File":
                Require(path, FileKind.File, "a file");
                break;
            case "Socket":
                Require(path, FileKind.Socket, "a socket file");
                break;
            case "CharDevice":
                Require(path, FileKind.CharDevice, "a character device");
                break;
            case "BlockDevice":
                Require(path, FileKind.BlockDevice, "a block device");
                break;
            case var type:
                throw new VolumeFailure($"{type} is an invalid volume type");
        }

        return path;
    }

    private void Create(string path, FileKind kind, Action create)
    {
        if (linux.KindOf(path) == FileKind.None)
        {
            create();
        }

        Require(path, kind, kind == FileKind.Directory ? "a directory" : "a file");
    }

    private void Require(string path, FileKind kind, string name)
    {
        if (linux.KindOf(path) != kind)
        {
            throw new VolumeFailure($"hostPath type check failed: {path} is not {name}");
        }
    }
}
