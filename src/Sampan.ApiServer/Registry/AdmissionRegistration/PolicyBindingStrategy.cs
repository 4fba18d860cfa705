using Sampan.Api;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Bindings of admission policies: a spec that is counted, no status.</summary>
internal sealed class PolicyBindingStrategy<T>(Func<T, T, bool> sameSpec, Action<T> defaults, Action<T, FieldErrors> validate)
    : SpecStatusStrategy<T>(new SpecStatus<T>((_, _) => { }, (_, _) => { }, _ => { }, sameSpec))
    where T : class, IObject<T>
{
    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(T obj) => defaults(obj);

    protected override void Validate(WriteContext context, T obj, FieldErrors errors) => validate(obj, errors);
}
