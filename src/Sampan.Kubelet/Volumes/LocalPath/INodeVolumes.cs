namespace Sampan.Kubelet.Volumes.LocalPath;

/// <summary>The directories for volumes that nodes make and delete when they are asked to.</summary>
public interface INodeVolumes
{
    /// <returns>The directory's path on the node.</returns>
    Task<string> CreateAsync(string node, string volume, CancellationToken cancellationToken);

    /// <summary>Deletes it with its data; one that is gone already is no error.</summary>
    Task DeleteAsync(string node, string volume, CancellationToken cancellationToken);
}
