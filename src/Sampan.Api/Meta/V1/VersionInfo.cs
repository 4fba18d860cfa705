namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.version.Info")]
public sealed partial class VersionInfo : IApiType<VersionInfo>
{
    [Field("buildDate", 0, Required = true)]
    public string BuildDate { get; set; } = "";

    [Field("compiler", 0, Required = true)]
    public string Compiler { get; set; } = "";

    [Field("emulationMajor", 0)]
    public string? EmulationMajor { get; set; }

    [Field("emulationMinor", 0)]
    public string? EmulationMinor { get; set; }

    [Field("gitCommit", 0, Required = true)]
    public string GitCommit { get; set; } = "";

    [Field("gitTreeState", 0, Required = true)]
    public string GitTreeState { get; set; } = "";

    [Field("gitVersion", 0, Required = true)]
    public string GitVersion { get; set; } = "";

    [Field("goVersion", 0, Required = true)]
    public string GoVersion { get; set; } = "";

    [Field("major", 0, Required = true)]
    public string Major { get; set; } = "";

    [Field("minCompatibilityMajor", 0)]
    public string? MinCompatibilityMajor { get; set; }

    [Field("minCompatibilityMinor", 0)]
    public string? MinCompatibilityMinor { get; set; }

    [Field("minor", 0, Required = true)]
    public string Minor { get; set; } = "";

    [Field("platform", 0, Required = true)]
    public string Platform { get; set; } = "";
}
