"""The dense, inductive HeteroGNN: query, LLM, pick, task and user nodes; no ids, no scatter.

Everything is MatMul, element-wise arithmetic, LayerNorm and Softmax, so that the exported graph
runs on WebGPU. Leading dimensions (a batch of users) are allowed everywhere in training; the
exported graph has one user. Idea after PersonalizedRouter (arXiv 2511.16883), with the user node
read *through* the picks instead of a one-hot; per-task rows follow hierarchical Bayes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import A, CLUSTERS, D, EMBEDDING, LLM_FEATURES, QUERY_FEATURES, RESIDUAL, TASK_PROTOTYPES, TrainConfig

PADDING_UTILITY = -1e4
METADATA = 15
TASKS = TASK_PROTOTYPES // 2  # each task label has two prototypes: short and long answers


def log_sigmoid(x: Tensor) -> Tensor:
    """log σ(x) without overflow, in operators that every ONNX back end has (Softplus is not one)."""
    return -(torch.relu(-x) + torch.log(1 + torch.exp(-x.abs())))


def positive(x: Tensor) -> Tensor:
    """softplus of a parameter."""
    return torch.relu(x) + torch.log(1 + torch.exp(-x.abs()))


class ResponsePredictor(nn.Module):
    """Query and LLM nodes → predicted standardised axes [B,M,12] and residual dims [B,M,8]."""

    def __init__(self, config: TrainConfig, centroids: Tensor) -> None:
        super().__init__()
        self.rank = config.rank
        hidden = config.hidden
        self.register_buffer("centroids", centroids)
        self.task_embedding = nn.Linear(EMBEDDING, TASK_PROTOTYPES)
        self.task_features = nn.Linear(QUERY_FEATURES, TASK_PROTOTYPES, bias=False)
        self.query_embedding = nn.Linear(EMBEDDING, hidden)
        self.query_features = nn.Linear(QUERY_FEATURES + TASK_PROTOTYPES, hidden, bias=False)
        self.query_norm = nn.LayerNorm(hidden)
        self.query_factor = nn.Linear(hidden, self.rank)
        self.query_factor_linear = nn.Linear(EMBEDDING, self.rank, bias=False)
        self.query_main = nn.Linear(hidden, D)
        self.description = nn.Linear(EMBEDDING, 16)
        self.llm_in = nn.Linear(LLM_FEATURES + 16, hidden)
        self.llm_norm = nn.LayerNorm(hidden)
        self.llm_mid = nn.Linear(hidden, hidden)
        self.llm_main = nn.Linear(hidden, D)
        self.llm_direct = nn.Linear(METADATA, D, bias=False)
        self.llm_factor = nn.Linear(hidden, self.rank * D)
        self.fingerprint_gain = nn.Parameter(torch.full((A,), 0.8))
        self.cluster_gain = nn.Parameter(torch.tensor([0.5, 0.5]))
        self.length_to_economy = nn.Parameter(torch.tensor(-0.4))
        self.drop = nn.Dropout(config.predictor_dropout)
        nn.init.zeros_(self.llm_direct.weight)
        nn.init.normal_(self.llm_factor.weight, std=0.02)

    def task_logits(self, embedding: Tensor, features: Tensor) -> Tensor:
        """[B,16] logits of the task prototypes (two per task label)."""
        return self.task_embedding(embedding) + self.task_features(features)

    def query_nodes(self, embedding: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """→ task membership [B,16], cluster membership [B,16], factors [B,R], main effect [B,20]."""
        task = torch.softmax(self.task_logits(embedding, features), -1)
        cluster = torch.softmax(20 * embedding @ self.centroids.transpose(0, 1), -1)
        hidden = self.query_embedding(embedding) + self.query_features(torch.cat([features, task], -1))
        hidden = self.drop(F.gelu(self.query_norm(hidden)))
        factor = self.query_factor(hidden) + self.query_factor_linear(embedding)
        return task, cluster, factor, self.query_main(hidden)

    def llm_nodes(self, description: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """→ main effect [M,20], factor loadings [M,R,20]."""
        hidden = self.llm_in(torch.cat([features, self.drop(self.description(description))], -1))
        hidden = self.drop(F.gelu(self.llm_norm(hidden)))
        hidden = hidden + F.gelu(self.llm_mid(hidden))
        main = self.llm_main(hidden) + self.llm_direct(features[:, :METADATA])
        known = self.fingerprint_gain * features[:, METADATA:METADATA + A]
        main = torch.cat([main[:, :A] + known, main[:, A:]], -1)
        loading = self.llm_factor(hidden).reshape(-1, self.rank, D) * self.rank ** -0.5
        return main, loading

    def forward(self, embedding: Tensor, features: Tensor, description: Tensor, llm_features: Tensor) -> Tensor:
        """embedding [B,384], features [B,8], description [M,384], llm_features [M,76] → [B,M,20]."""
        _, cluster, factor, query_main = self.query_nodes(embedding, features)
        main, loading = self.llm_nodes(description, llm_features)
        return self.combine(cluster, factor, query_main, main, loading, llm_features)

    def combine(self, cluster: Tensor, factor: Tensor, query_main: Tensor, main: Tensor, loading: Tensor, llm_features: Tensor) -> Tensor:
        """Node states of B queries and M LLMs → predicted responses of every pair [B,M,20]."""
        flat = loading.transpose(0, 1).reshape(self.rank, -1)
        f = (factor @ flat).reshape(factor.shape[0], -1, D) + main.unsqueeze(0) + query_main.unsqueeze(1)
        quality = cluster @ llm_features[:, 28:28 + CLUSTERS].transpose(0, 1)
        length = cluster @ llm_features[:, 44:44 + CLUSTERS].transpose(0, 1)
        return self.assemble(f, quality.unsqueeze(-1), length.unsqueeze(-1))

    def combine_one(self, cluster: Tensor, factor: Tensor, query_main: Tensor, main: Tensor, loading: Tensor, llm_features: Tensor, llm: Tensor) -> Tensor:
        """The same for one LLM a query, given as one-hot rows llm [H,M] → [H,20] (a zero row: no LLM known)."""
        own = (llm @ loading.reshape(-1, self.rank * D)).reshape(-1, self.rank, D)
        f = (factor.unsqueeze(1) @ own).sum(1) + llm @ main + query_main
        quality = (cluster * (llm @ llm_features[:, 28:28 + CLUSTERS])).sum(-1, keepdim=True)
        length = (cluster * (llm @ llm_features[:, 44:44 + CLUSTERS])).sum(-1, keepdim=True)
        return self.assemble(f, quality, length)

    def assemble(self, f: Tensor, quality: Tensor, length: Tensor) -> Tensor:
        """Adds the cluster terms [.,1]; economy follows the predicted length."""
        length = f[..., 1:2] + self.cluster_gain[1] * length
        economy = f[..., A - 1:A] + self.length_to_economy * length
        return torch.cat([f[..., 0:1] + self.cluster_gain[0] * quality, length, f[..., 2:A - 1], economy, f[..., A:]], -1)


class LlmUpdate(nn.Module):
    """Pick → LLM messages: what the user's own answers reveal about each LLM (shrunk mean residual)."""

    def __init__(self) -> None:
        super().__init__()
        # One answer says little about an LLM's mean: within an LLM, styles vary about three times as much as predictions err.
        self.log_strength = nn.Parameter(torch.full((A,), 10.0))
        self.known_strength = nn.Parameter(torch.full((A,), 2.0))
        self.shared = nn.Parameter(torch.zeros(A))
        mask = torch.ones(A)
        mask[0] = 0  # quality is never measured on the device
        self.register_buffer("measured", mask)

    def forward(self, residual_chosen: Tensor, residual_rejected: Tensor, chosen: Tensor, rejected: Tensor, weight: Tensor, count: Tensor) -> Tensor:
        """residuals [.,H,12] measured − predicted, chosen/rejected [.,H,M], weight [.,H], count [.,M] = ln-count feature → shift [.,M,12]."""
        common = torch.sigmoid(self.shared) * 0.5 * (residual_chosen + residual_rejected)
        left = (chosen * weight.unsqueeze(-1)).transpose(-1, -2)
        right = (rejected * weight.unsqueeze(-1)).transpose(-1, -2)
        total = left @ (residual_chosen - common) + right @ (residual_rejected - common)
        seen = (left.sum(-1) + right.sum(-1)).unsqueeze(-1)
        strength = positive(self.log_strength) + positive(self.known_strength) * 30 * count.unsqueeze(-1)
        return self.measured * total / (seen + strength)


class UserGraph(nn.Module):
    """Picks ↔ user, task prototypes and user prototypes → prior of the user embedding per query."""

    def __init__(self, config: TrainConfig, prototypes: Tensor | None = None) -> None:
        super().__init__()
        width = 48
        self.rounds = config.inference_rounds
        self.register_buffer("taste", torch.zeros(D))
        self.log_scale = nn.Parameter(torch.tensor(1.0))
        initial = torch.randn(config.user_prototypes, D) * 0.7 if prototypes is None else prototypes
        self.prototypes = nn.Parameter(initial)
        self.prototype_logit = nn.Parameter(torch.zeros(config.user_prototypes))
        self.temper = nn.Parameter(torch.tensor([0.0, 0.0]))
        self.precision = nn.Parameter(torch.full((2, D), 1.0))
        self.step = nn.Parameter(torch.zeros(config.inference_rounds))
        self.threshold = nn.Parameter(torch.tensor(-1.0))
        self.tie = nn.Parameter(torch.tensor(-1.0))
        self.similarity = nn.Parameter(torch.tensor(-12.0))  # start with every pick equally relevant
        self.pick = nn.Sequential(nn.Linear(2 * D + 4 + TASKS + 2, width), nn.GELU(), nn.Linear(width, width), nn.GELU())
        self.read_user = nn.Linear(2 * D + width + 3, 96)
        self.read_query = nn.Linear(2 * D + width + 3 + TASK_PROTOTYPES, 96, bias=False)
        self.read = nn.Sequential(nn.GELU(), nn.LayerNorm(96), nn.Linear(96, 96), nn.GELU())
        self.gate = nn.Linear(96, 5 * D)
        self.mean = nn.Linear(96, D)
        self.variance = nn.Linear(96, D)
        self.relevance = nn.Linear(96, 4)
        self.base_log_variance = nn.Parameter(torch.full((D,), -1.0))
        # Tastes are sparse, so a narrower prior than the population's covariance predicts better from few
        # picks, more so where LLMs are known by description only and score differences deserve less trust.
        self.regime_log_variance = nn.Parameter(torch.tensor([config.prior_shift_blind, config.prior_shift_known]))
        for head in (self.gate, self.mean, self.variance, self.relevance):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        with torch.no_grad():
            self.gate.bias[4 * D:] = 12.0  # the fifth candidate is zero: start from the plain MAP

    @property
    def population(self) -> Tensor:
        """[20] weights of the user-blind score: the population's mean taste, in log-odds of a pick."""
        return self.taste * torch.exp(self.log_scale)

    def start_from(self, taste: Tensor, covariance: Tensor) -> None:
        """taste [20]: mean utility weights of the training users, which make the best user-blind score for
        given predictions, so only their scale is trained; covariance [20,20] of users' log-odds weights."""
        with torch.no_grad():
            self.taste.copy_(taste)
            self.base_log_variance.copy_(covariance.diagonal().log())

    def log_likelihood(self, margin: Tensor, chosen: Tensor, rejected: Tensor, has_rejected: Tensor, outcome: Tensor) -> Tensor:
        """Log-likelihood [.,H,P] of each pick under P sets of scores [.,H,P]; has_rejected [.,H,1], outcome [.,H,4]."""
        half = 0.5 * margin.abs()  # log(e^h + e^-h + nu), written so that it cannot overflow
        tie = self.tie - half - torch.log(1 + torch.exp(-2 * half) + torch.exp(self.tie - half))
        good = log_sigmoid(chosen - self.threshold) + has_rejected * log_sigmoid(rejected - self.threshold)
        bad = log_sigmoid(self.threshold - chosen) + has_rejected * log_sigmoid(self.threshold - rejected)
        return outcome[..., 0:1] * log_sigmoid(margin) + outcome[..., 1:2] * tie + outcome[..., 2:3] * good + outcome[..., 3:4] * bad

    def forward(self, chosen: Tensor, rejected: Tensor, outcome: Tensor, weight: Tensor, task_h: Tensor, task_q: Tensor,
                known: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """chosen/rejected [.,H,20], outcome [.,H,4], weight [.,H], task_h [.,H,16], task_q [.,B,16], known []:
        how well the pool is known by fingerprint, 0 … 1 (mean of the ln-count feature)
        → prior mean [.,B,20] (deviation from the population), log variance [.,B,20], relevance [.,B,H]."""
        query_state = task_q
        task_h, task_q = (m[..., :TASKS] + m[..., TASKS:] for m in (task_h, task_q))
        delta = chosen - rejected
        offset = delta @ self.population
        own = outcome[..., 0] + outcome[..., 1]
        target = outcome[..., 0] + 0.5 * outcome[..., 1]
        effective = weight * own
        similarity = task_q @ task_h.transpose(-1, -2)
        z_user, z_task, surprise = self.propagate(delta, offset, effective, target, task_h)
        z_here = task_q @ z_task
        proto_user, proto_here, peak_user, peak_here = self.neighbours(chosen, rejected, outcome, weight, similarity)
        pick = self.pick(torch.cat([delta, delta.abs(), outcome, task_h, weight.unsqueeze(-1), surprise.unsqueeze(-1)], -1))
        pick = pick * weight.unsqueeze(-1)
        total = weight.sum(-1, keepdim=True)
        user = pick.sum(-2) / (total + 1)
        near = similarity @ weight.unsqueeze(-1)
        here = (similarity @ pick) / (near + 1)
        lack = (surprise.abs() * weight).unsqueeze(-1)
        of_user = self.read_user(torch.cat([z_user, proto_user, user, torch.log1p(total) / 4, lack.sum(-2) / (total + 1), peak_user], -1))
        of_query = self.read_query(torch.cat([
            z_here, proto_here, here, torch.log1p(near) / 4, (similarity @ lack) / (near + 1), peak_here, query_state], -1))
        read = self.read(of_user.unsqueeze(-2) + of_query)
        gates = torch.softmax(self.gate(read).reshape(*read.shape[:-1], 5, D), -2)
        candidates = (z_user.unsqueeze(-2), z_here, proto_user.unsqueeze(-2), proto_here)
        # Without picks every candidate is zero, and so is the prior mean: a new user gets the user-blind score.
        trust = (total / (total + 2)).unsqueeze(-1)
        mean = trust * self.mean(read) + sum(gates[..., k, :] * c for k, c in enumerate(candidates))
        regime = self.regime_log_variance[0] + known * (self.regime_log_variance[1] - self.regime_log_variance[0])
        log_variance = self.base_log_variance + regime + self.variance(read)
        head = self.relevance(read)
        logit = 2 + head[..., 0:1] + (positive(self.similarity) + head[..., 1:2]) * (similarity - 0.5) + head[..., 2:3] * surprise.abs().unsqueeze(-2)
        return mean, log_variance, torch.sigmoid(logit)

    def propagate(self, delta: Tensor, offset: Tensor, weight: Tensor, target: Tensor, task_h: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Message passing picks ↔ user and task nodes: each round sends every pick's surprise along its
        contrast (the gradient of its log-likelihood), with a learned step and precision.
        → user [.,20], tasks [.,16,20], surprise of each pick under the user node [.,H]."""
        transposed = delta.transpose(-1, -2)
        square = delta * delta
        task_weight = task_h.transpose(-1, -2) * weight.unsqueeze(-2)
        precision = positive(self.precision)
        user = torch.zeros_like(delta[..., :1, :])
        task = torch.zeros_like(task_weight @ delta)
        for k in range(self.rounds):
            step = torch.sigmoid(self.step[k])
            p = torch.sigmoid(user @ transposed + offset.unsqueeze(-2))
            curvature = (p * (1 - p) * weight.unsqueeze(-2)) @ square + precision[0]
            gradient = ((target.unsqueeze(-2) - p) * weight.unsqueeze(-2)) @ delta - precision[0] * user
            user = user + step * gradient / curvature
            p = torch.sigmoid(task @ transposed + offset.unsqueeze(-2))
            curvature = (p * (1 - p) * task_weight) @ square + precision[1]
            gradient = ((target.unsqueeze(-2) - p) * task_weight) @ delta - precision[1] * (task - user)
            task = task + step * gradient / curvature
        surprise = target - torch.sigmoid((user @ transposed).sum(-2) + offset)
        return user.sum(-2), task, surprise

    def neighbours(self, chosen: Tensor, rejected: Tensor, outcome: Tensor, weight: Tensor, similarity: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """User-prototype nodes weighted by how well each explains the picks (all, and those like the query)."""
        transposed = self.prototypes.transpose(0, 1)
        score_c = chosen @ (transposed + self.population.unsqueeze(-1))
        score_r = rejected @ (transposed + self.population.unsqueeze(-1))
        has_rejected = 1 - torch.relu(1 - 1e3 * rejected.abs().sum(-1, keepdim=True))
        fit = self.log_likelihood(score_c - score_r, score_c, score_r, has_rejected, outcome)
        temper = torch.sigmoid(self.temper)
        weighted = fit * weight.unsqueeze(-1)
        everything = torch.softmax(temper[0] * weighted.sum(-2) + self.prototype_logit, -1)
        local = torch.softmax(temper[1] * (similarity @ weighted) + self.prototype_logit, -1)
        peak_user = (everything * everything).sum(-1, keepdim=True)
        peak_here = (local * local).sum(-1, keepdim=True)
        start = torch.softmax(self.prototype_logit, -1) @ self.prototypes
        return everything @ self.prototypes - start, local @ self.prototypes - start, peak_user, peak_here
