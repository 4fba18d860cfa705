using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Sampan.Benchmarks.Dns;
using Sampan.Benchmarks.Proxy;

// `unshare --net dotnet run -c Release --project bench/Sampan.Benchmarks -- kernel 10000`
if (args is ["kernel", .. var rest]) return await KernelRun.RunAsync(rest);

// `dotnet run -c Release --project bench/Sampan.Benchmarks -- dns`
if (args is ["dns", .. var question]) return await DnsRun.RunAsync(question);

// In one process, so that no second build is needed: `dotnet run -c Release --project bench/Sampan.Benchmarks -- --filter '*Store*'`.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
var config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
