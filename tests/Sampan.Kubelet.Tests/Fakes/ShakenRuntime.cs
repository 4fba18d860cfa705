using System.Reflection;
using Sampan.Kubelet.Runtime;
using Sampan.Tests;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>A runtime that answers late when the tests are shaken.</summary>
public class ShakenRuntime : DispatchProxy
{
    private static readonly MethodInfo s_answer = typeof(ShakenRuntime).GetMethod(nameof(AnswerAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private IContainerRuntime _runtime = null!;

    internal static IContainerRuntime Over(IContainerRuntime runtime)
    {
        if (!Shake.IsOn) return runtime;
        var proxy = Create<IContainerRuntime, ShakenRuntime>();
        ((ShakenRuntime)proxy)._runtime = runtime;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var type = targetMethod!.ReturnType;
        if (type == typeof(Task)) return DoneAsync(targetMethod, args);
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Task<>)) return Call(targetMethod, args);
        return s_answer.MakeGenericMethod(type.GetGenericArguments()).Invoke(this, [targetMethod, args]);
    }

    private Task DoneAsync(MethodInfo method, object?[]? args) => Shake.AroundAsync(async () =>
    {
        await (Task)Call(method, args)!;
        return true;
    });

    private Task<T> AnswerAsync<T>(MethodInfo method, object?[]? args) => Shake.AroundAsync(() => (Task<T>)Call(method, args)!);

    private object? Call(MethodInfo method, object?[]? args) =>
        method.Invoke(_runtime, BindingFlags.DoNotWrapExceptions, null, args, null);
}
