namespace Sampan.ApiServer.Admission;

/// <summary>Changes or refuses writes after authorization. A refusal is a thrown StatusException.</summary>
internal abstract class AdmissionPlugin
{
    /// <summary>Upstream's name of the plugin, for --enable-admission-plugins.</summary>
    public abstract string Name { get; }

    public virtual ValueTask MutateAsync(AdmissionRequest request) => ValueTask.CompletedTask;

    public virtual ValueTask ValidateAsync(AdmissionRequest request) => ValueTask.CompletedTask;
}
