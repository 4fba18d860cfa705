namespace Sampan.Api.Core.V1;

/// <summary>Maps an entry of a ConfigMap or Secret to a file.</summary>
[ApiType("io.k8s.api.core.v1.KeyToPath")]
public sealed partial class KeyToPath : IApiType<KeyToPath>
{
    /// <summary>Entry of the ConfigMap or Secret to write.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>File to write, relative to the volume; not absolute and without .. elements.</summary>
    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Permission bits of this file, 0 to 0777 octal (511 decimal); the volume's default mode when absent.</summary>
    [Field("mode", 3)]
    public int? Mode { get; set; }
}
