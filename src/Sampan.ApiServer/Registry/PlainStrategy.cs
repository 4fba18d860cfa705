using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>A kind without a status, given by its defaults and its checks.</summary>
internal class PlainStrategy<T>(Action<T>? defaults = null, Action<T, FieldErrors>? validate = null, bool createsByUpdate = false) : Strategy<T>
    where T : class, IObject<T>
{
    public override bool AllowCreateOnUpdate => createsByUpdate;

    protected override void Default(T obj) => defaults?.Invoke(obj);

    protected override void Validate(WriteContext context, T obj, FieldErrors errors) => validate?.Invoke(obj, errors);
}
